using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>Ends a visit: its practitioner, or an administrator of its organization, who sees nothing of it.</summary>
public sealed class CloseConsultation(ColloqueDb db, ConsultationLife life, CallerScope scope, UnitOfWork work)
{
    /// <summary>Answers with the time of the close.</summary>
    /// <exception cref="Refusal">403 the patient and the platform's administrators; 404; 409 not in progress.</exception>
    public Task<DateTimeOffset> RunAsync(Guid id, CancellationToken cancellationToken) =>
        scope.Required.IsClinical ? AsPractitionerAsync(id, cancellationToken) : AsAdminAsync(id, cancellationToken);

    private async Task<DateTimeOffset> AsPractitionerAsync(Guid id, CancellationToken cancellationToken)
    {
        var rows = await ConsultationRow.OneAsync(db, id, cancellationToken);
        if (rows.Count == 0)
        {
            throw Refusal.NotFound();
        }

        if (rows[0].PractitionerId != scope.Required.UserId)
        {
            throw Refusal.Forbidden();
        }

        return await life.CompleteAsync(id, cancellationToken) ? life.Now : throw ConsultationRefusals.IllegalTransition();
    }

    private async Task<DateTimeOffset> AsAdminAsync(Guid id, CancellationToken cancellationToken)
    {
        var outcome = await db.Database.SqlQuery<string>($"select operational_close({id}, {Guid.CreateVersion7(life.Now)}, {life.Now}) as \"Value\"").ToListAsync(cancellationToken);
        switch (outcome[0])
        {
            case "closed":
                work.Announce(new ConsultationClosed(id, life.Now));
                return life.Now;
            case "forbidden":
                throw Refusal.Forbidden();
            case "illegal":
                throw ConsultationRefusals.IllegalTransition();
            default:
                throw Refusal.NotFound();
        }
    }
}
