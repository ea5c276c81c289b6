using Colloque.Scheduling;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>Gives a practitioner's time that got free to the first of those who wait for it, for a while; then to the next.</summary>
public sealed class WaitingList(ColloqueDb db, PracticeCalendars calendars, UnitOfWork work, TimeProvider time)
{
    /// <summary>How long an offer is held.</summary>
    public static readonly TimeSpan OfferLifetime = TimeSpan.FromMinutes(30);

    /// <summary>Offers a time, in the transaction that frees it. Nothing where nobody waits, or where it could not be booked anyway.</summary>
    internal async Task OfferAsync(Guid practitioner, DateTimeOffset startsAt, int minutes, CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        if (!await IsBookableAsync(practitioner, startsAt, minutes, now, cancellationToken))
        {
            return;
        }

        var (hold, expires) = (Guid.CreateVersion7(now), now + OfferLifetime);
        var offered = await db.Database.SqlQuery<Offered>(
            $"""
            select entry_id "EntryId", patient_id "PatientId" from waiting_list_offer({practitioner}, {startsAt}, {startsAt.AddMinutes(minutes)}, {hold}, {now}, {expires})
            """).ToListAsync(cancellationToken);
        foreach (var one in offered)
        {
            work.Announce(new SlotOffered(one.EntryId, one.PatientId, practitioner, hold, startsAt, minutes, expires));
        }
    }

    private async Task<bool> IsBookableAsync(Guid practitioner, DateTimeOffset startsAt, int minutes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return (await calendars.AtAsync(practitioner, startsAt, cancellationToken)).Judge(startsAt, minutes, now) == SlotVerdict.Bookable;
        }
        catch (Refusal e) when (e.Kind == RefusalKind.NotFound)
        {
            // Out of the directory meanwhile: nobody can book them.
            return false;
        }
    }

    private sealed record Offered(Guid EntryId, Guid PatientId);
}
