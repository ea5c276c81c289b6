using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>Something that happened to a visit.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">One of <see cref="ConsultationEvent.Type"/>.</param>
/// <param name="ActorId">Who did it; null: the server itself.</param>
/// <param name="ActorRole">As what: a <see cref="Role"/>, or <c>System</c>.</param>
/// <param name="At">By the server's clock.</param>
/// <param name="Detail">A code, a number, an id or an instant.</param>
public sealed record ConsultationEventView(Guid Id, string Type, Guid? ActorId, string ActorRole, DateTimeOffset At, string? Detail);

/// <summary>Lists what happened to a visit, to its two people.</summary>
public sealed class ListConsultationEvents(ColloqueDb db, ConsultationLife life, CallerScope scope)
{
    /// <summary>The newest, at most.</summary>
    public const int Most = 500;

    /// <summary>Oldest first. Two queries.</summary>
    /// <exception cref="Refusal">403 administrators; 404: absent, or another's.</exception>
    public async Task<IReadOnlyList<ConsultationEventView>> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        await life.FindAsync(id, cancellationToken);
        return await db.Database.SqlQuery<ConsultationEventView>(
            $"""
            select e.id "Id", e.type "Type", e.actor_id "ActorId", e.actor_role "ActorRole", e.at "At", e.detail "Detail"
              from (select * from consultation_events where consultation_id = {id} order by at desc, id desc limit {Most}) e order by e.at, e.id
            """).ToListAsync(cancellationToken);
    }
}
