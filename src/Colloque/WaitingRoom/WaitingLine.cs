using Colloque.Consultations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.WaitingRoom;

/// <summary>What the verbs of waiting share: a place taken or left, and its event.</summary>
/// <remarks>Everything that locks both locks the visit first and its place then, so that no two wait for each other.</remarks>
public sealed class WaitingLine(ColloqueDb db, ConsultationLife life, UnitOfWork work)
{
    /// <summary>The moment of this unit of work.</summary>
    public DateTimeOffset Now => life.Now;

    /// <summary>The patient takes a place, or keeps the one already taken; nothing happens to a visit that has begun meanwhile.</summary>
    public async Task EnterAsync(ConsultationView visit, CancellationToken cancellationToken)
    {
        var taken = await db.Database.ExecuteSqlAsync(
            $"""
            insert into queue_items (consultation_id, tenant_id, practitioner_id, joined_at, seen_at)
              select c.id, c.tenant_id, c.practitioner_id, {Now}, {Now} from consultations c where c.id = {visit.Id} and c.status in ('Scheduled', 'Confirmed') for share
              on conflict (consultation_id) do update set practitioner_id = excluded.practitioner_id, joined_at = excluded.joined_at, left_at = null, away_since = null, taken_at = null,
                seen_at = excluded.seen_at, guest_id = null
                where queue_items.left_at is not null
            """,
            cancellationToken);
        if (taken == 1)
        {
            await life.RecordAsync(visit.Id, "Waiting", null, cancellationToken);
            Announce(visit);
        }
        else if (await db.Database.ExecuteSqlAsync(
            $"update queue_items set away_since = null, seen_at = {Now}, guest_id = null where consultation_id = {visit.Id} and left_at is null and (away_since is not null or guest_id is not null)",
            cancellationToken) == 1)
        {
            Announce(visit);
        }
    }

    /// <summary>The patient waits no longer; false: did not.</summary>
    public async Task<bool> LeaveAsync(ConsultationView visit, CancellationToken cancellationToken)
    {
        var left = await db.Database.ExecuteSqlAsync(
            $"update queue_items set left_at = {Now}, away_since = null where consultation_id = {visit.Id} and left_at is null", cancellationToken);
        Announce(visit);
        return left == 1;
    }

    /// <summary>Those whose turn is another by it are told after the commit.</summary>
    public void Announce(ConsultationView visit) => work.Announce(new QueueChanged(visit.Id, visit.Patient.Id, visit.Practitioner.Id));
}
