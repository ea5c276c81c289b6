using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>A patient waits no longer; what was held for them goes to the next.</summary>
public sealed class LeaveWaitingList(ColloqueDb db, BookingDesk desk, ListWaiting list, WaitingList waiting, CallerScope scope)
{
    /// <summary>True, or a refusal.</summary>
    /// <exception cref="Refusal">404: absent, or another's.</exception>
    public async Task<bool> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var entry = (await list.RunAsync(cancellationToken)).FirstOrDefault(e => e.Id == id) ?? throw Refusal.NotFound();
        await desk.LockAsync(entry.PractitionerId, null, cancellationToken);
        if (await db.Database.ExecuteSqlAsync($"delete from waiting_list_entries where id = {id} and patient_id = {scope.Required.UserId}", cancellationToken) == 0)
        {
            throw Refusal.NotFound();
        }

        if (entry.Offer is { } offer)
        {
            await waiting.OfferAsync(entry.PractitionerId, offer.ScheduledAt, offer.DurationMinutes, cancellationToken);
        }

        return true;
    }
}
