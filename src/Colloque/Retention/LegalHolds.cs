using System.Text.RegularExpressions;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Retention;

/// <summary>What keeps something from being erased.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrganizationId">Whose.</param>
/// <param name="ConversationId">One conversation; or null.</param>
/// <param name="PatientId">All of one patient's; or null.</param>
/// <param name="Reference">A file number.</param>
/// <param name="PlacedBy">Who placed it.</param>
/// <param name="PlacedAt">When.</param>
/// <param name="LiftedAt">When it ended; null while it lasts.</param>
public sealed record LegalHold(Guid Id, Guid OrganizationId, Guid? ConversationId, Guid? PatientId, string Reference, Guid PlacedBy, DateTimeOffset PlacedAt, DateTimeOffset? LiftedAt);

/// <summary>
/// Legal holds: operators of the platform place them on a conversation or a patient by id, and read nothing by it; practitioners on a conversation in which they are seated.
/// Operators lift any, practitioners their own.
/// </summary>
public sealed partial class LegalHolds(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    private const int Most = 500;

    /// <summary>Those that the caller may see, newest first, 500 at most.</summary>
    public async Task<IReadOnlyList<LegalHold>> RunAsync(CancellationToken cancellationToken) => await db.Database.SqlQuery<LegalHold>(
        $"""
        select id "Id", tenant_id "OrganizationId", conversation_id "ConversationId", patient_id "PatientId", reference "Reference", placed_by "PlacedBy", placed_at "PlacedAt",
          lifted_at "LiftedAt" from legal_holds order by placed_at desc, id desc limit {Most}
        """).ToListAsync(cancellationToken);

    /// <summary>Places one on exactly one of the two.</summary>
    /// <exception cref="Refusal">404 no such thing, or not the caller's to hold; 422 <c>conversationId</c>, <c>reference</c>.</exception>
    public async Task<LegalHold> PlaceAsync(Guid? conversation, Guid? patient, string? reference, CancellationToken cancellationToken)
    {
        if (conversation is null == patient is null)
        {
            throw Refusal.Invalid("conversationId", "required");
        }

        if (reference is null || !FileNumber().IsMatch(reference))
        {
            throw RetentionRefusals.Reference();
        }

        var now = time.GetMoment();
        var id = Guid.CreateVersion7(now);
        var placed = await db.Database.SqlQuery<Guid?>($"""select place_hold({id}, {conversation}::uuid, {patient}::uuid, {reference}, {now}) as "Value" """).SingleAsync(cancellationToken);
        return placed is null ? throw Refusal.NotFound() : await OneAsync(id, cancellationToken);
    }

    /// <summary>Ends one; what it held goes when its time is over.</summary>
    /// <exception cref="Refusal">404 another's, none, or lifted already.</exception>
    public async Task<LegalHold> LiftAsync(Guid id, CancellationToken cancellationToken)
    {
        var lifted = await db.Database.ExecuteSqlAsync($"update legal_holds set lifted_at = {time.GetMoment()}, lifted_by = {scope.Required.UserId} where id = {id} and lifted_at is null", cancellationToken);
        return lifted == 0 ? throw Refusal.NotFound() : await OneAsync(id, cancellationToken);
    }

    private async Task<LegalHold> OneAsync(Guid id, CancellationToken cancellationToken) => await db.Database.SqlQuery<LegalHold>(
        $"""
        select id "Id", tenant_id "OrganizationId", conversation_id "ConversationId", patient_id "PatientId", reference "Reference", placed_by "PlacedBy", placed_at "PlacedAt",
          lifted_at "LiftedAt" from legal_holds where id = {id}
        """).SingleAsync(cancellationToken);

    /// <summary>Too narrow for a sentence about somebody.</summary>
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9./-]{0,59}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileNumber();
}
