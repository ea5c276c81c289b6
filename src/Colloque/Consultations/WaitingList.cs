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
        if (await SettingsAsync(practitioner, startsAt, minutes, now, cancellationToken) is not { } settings)
        {
            return;
        }

        var (hold, expires, buffer) = (Guid.CreateVersion7(now), now + OfferLifetime, TimeSpan.FromMinutes(settings.BufferMinutes));
        var offered = await db.Database.SqlQuery<Offered>(
            $"""
            select entry_id "EntryId", patient_id "PatientId" from waiting_list_offer({practitioner}, {startsAt}, {startsAt.AddMinutes(minutes)}, {buffer}, {hold}, {now}, {expires})
            """).ToListAsync(cancellationToken);
        foreach (var one in offered)
        {
            work.Announce(new SlotOffered(one.EntryId, one.PatientId, practitioner, hold, startsAt, minutes, expires));
        }
    }

    /// <summary>What it would be booked by; null for what could not be booked.</summary>
    private async Task<PracticeSettings?> SettingsAsync(Guid practitioner, DateTimeOffset startsAt, int minutes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var calendar = await calendars.AtAsync(practitioner, startsAt, cancellationToken);
            return calendar.Judge(startsAt, minutes, now) == SlotVerdict.Bookable ? calendar.Settings : null;
        }
        catch (Refusal e) when (e.Kind == RefusalKind.NotFound)
        {
            // Out of the directory meanwhile: nobody can book them.
            return null;
        }
    }

    private sealed record Offered(Guid EntryId, Guid PatientId);
}
