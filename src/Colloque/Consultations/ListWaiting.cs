using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>A time that is held for one who waits.</summary>
/// <param name="ScheduledAt">Its start.</param>
/// <param name="DurationMinutes">Its length, minutes.</param>
/// <param name="HoldId">What to book it with.</param>
/// <param name="ExpiresAt">Then it goes to the next.</param>
public sealed record OfferView(DateTimeOffset ScheduledAt, int DurationMinutes, Guid HoldId, DateTimeOffset ExpiresAt);

/// <summary>A place on a waiting list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PractitionerId">Whose time.</param>
/// <param name="From">The first start that would do; null: any.</param>
/// <param name="Until">The last end that would do; null: any.</param>
/// <param name="Offer">What is held for them now.</param>
public sealed record WaitingView(Guid Id, Guid PractitionerId, DateTimeOffset? From, DateTimeOffset? Until, OfferView? Offer);

/// <summary>Lists the caller's own places on waiting lists, the longest waited for first.</summary>
public sealed class ListWaiting(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>At most a hundred. One query.</summary>
    /// <exception cref="Refusal">401.</exception>
    public async Task<IReadOnlyList<WaitingView>> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select e.id "Id", e.practitioner_id "PractitionerId", e.from_at "From", e.until_at "Until", h.id "HoldId", h.starts_at "StartsAt", h.ends_at "EndsAt", h.expires_at "ExpiresAt"
              from waiting_list_entries e left join slot_holds h on h.entry_id = e.id and h.expires_at > {time.GetMoment()}
              where e.patient_id = {scope.Required.UserId} order by e.created_at, e.id limit 100
            """).ToListAsync(cancellationToken);
        return [.. rows.Select(static r => r.ToView())];
    }

    private sealed record Row(
        Guid Id, Guid PractitionerId, DateTimeOffset? From, DateTimeOffset? Until, Guid? HoldId, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, DateTimeOffset? ExpiresAt)
    {
        internal WaitingView ToView() => new(
            Id, PractitionerId, From, Until, HoldId is { } hold ? new(StartsAt!.Value, (int)(EndsAt!.Value - StartsAt.Value).TotalMinutes, hold, ExpiresAt!.Value) : null);
    }
}
