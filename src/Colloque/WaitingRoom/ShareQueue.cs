using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.WaitingRoom;

/// <summary>A practitioner shares the queue with those of the same organization (or of none) and specialty who say so too, or has it alone again.</summary>
public sealed class ShareQueue(ColloqueDb db, QueueBoards boards, UnitOfWork work, CallerScope scope, TimeProvider time)
{
    /// <summary>At most five statements; answers with the queue as it is then.</summary>
    /// <exception cref="Refusal">403 all but practitioners; 409 <c>specialty_missing</c>; 422 <c>sharesQueue</c>.</exception>
    public async Task<QueueBoard> RunAsync(bool? shares, CancellationToken cancellationToken)
    {
        var me = scope.RequirePractitioner().UserId;
        var wanted = shares ?? throw Refusal.Invalid("sharesQueue", "required");
        var specialty = await db.Users.Where(u => u.Id == me).Select(static u => u.Specialty).SingleOrDefaultAsync(cancellationToken);
        if (wanted && string.IsNullOrWhiteSpace(specialty))
        {
            throw WaitingRoomRefusals.NoSpecialty();
        }

        // Those who shared it before, and those who will: both have another queue by it.
        var before = await boards.ReadAsync(me, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into waiting_rooms (practitioner_id, shares_queue, updated_at) values ({me}, {wanted}, {time.GetMoment()})
              on conflict (practitioner_id) do update set shares_queue = excluded.shares_queue, updated_at = excluded.updated_at
            """,
            cancellationToken);
        var after = await boards.ReadAsync(me, cancellationToken);
        foreach (var member in before.Members.Concat(after.Members).Select(static m => m.Id).Distinct())
        {
            work.Announce(new QueueMoved(member));
        }

        return after;
    }
}
