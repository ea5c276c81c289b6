using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.WaitingRoom;

/// <summary>A practitioner tells those who wait of a delay: their next visit begins so many minutes later than it would. It ends by itself, with the next admission, or with 0.</summary>
public sealed class TellDelay(ColloqueDb db, QueueBoards boards, UnitOfWork work, CallerScope scope, TimeProvider time)
{
    /// <summary>Minutes at most.</summary>
    public const int Most = 480;

    /// <summary>At most six statements; answers with the queue as it is then.</summary>
    /// <exception cref="Refusal">403 all but practitioners; 422 <c>minutes</c>.</exception>
    public async Task<QueueBoard> RunAsync(int? minutes, CancellationToken cancellationToken)
    {
        var me = scope.RequirePractitioner().UserId;
        if (minutes is not (>= 0 and <= Most and var told))
        {
            throw Refusal.Invalid("minutes");
        }

        var now = time.GetMoment();
        var next = (await boards.ReadAsync(me, cancellationToken)).Members.Single(m => m.Id == me).NextAt;
        DateTimeOffset? until = told == 0 ? null : next.AddMinutes(told);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into waiting_rooms (practitioner_id, delay_minutes, delayed_until, updated_at) values ({me}, {told}, {until}, {now})
              on conflict (practitioner_id) do update set delay_minutes = excluded.delay_minutes, delayed_until = excluded.delayed_until, updated_at = excluded.updated_at
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync($"select queue_tell_delay({told}, {now})", cancellationToken);
        work.Announce(new QueueMoved(me));
        return await boards.ReadAsync(me, cancellationToken);
    }
}
