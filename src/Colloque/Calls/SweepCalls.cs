using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calls;

/// <summary>A call in which something may be due.</summary>
public sealed record DueCall(Guid ConsultationId, Guid CallId);

/// <summary>Looks for calls that rang too long, did not connect in time, or whose devices are gone. It compares what is with what is written, so that nothing is lost with a process.</summary>
public sealed class SweepCalls(ColloqueDb db, CallAttendance attendance, CallOptions options, CallerScope scope, TimeProvider time)
{
    /// <summary>How often a process writes down whom it sees.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromSeconds(10);

    /// <summary>How long after its end a conversation is still told of a call: a server may have been down.</summary>
    private static readonly TimeSpan ToldWithin = TimeSpan.FromDays(1);

    /// <summary>Two statements, one sweep at a time; answers with the calls to look at.</summary>
    public async Task<IReadOnlyList<DueCall>> RunAsync(CancellationToken cancellationToken)
    {
        attendance.Prune();
        return await db.Database.SqlQuery<DueCall>(
            $"""
            select consultation_id "ConsultationId", call_id "CallId" from calls_due({attendance.Here()}, {time.GetMoment()}, {options.RingFor}, {options.ConnectWithin}, {SeenEvery}, {options.KeepsPlace})
            """).ToListAsync(cancellationToken);
    }

    /// <summary>Of live calls that this process knows, those that have moved on elsewhere without its hearing of it. One query.</summary>
    public async Task<IReadOnlyList<DueCall>> MovedAsync(IReadOnlyCollection<Call> known, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<DueCall>(
            $"""
            select consultation_id "ConsultationId", call_id "CallId" from calls_moved({known.Select(static c => c.Id).ToArray()}, {known.Select(static c => c.Revision).ToArray()})
            """).ToListAsync(cancellationToken);

    /// <summary>Calls that are over and of whose end their conversation does not know yet. One query.</summary>
    public async Task<IReadOnlyList<DueCall>> UntoldAsync(int most, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<DueCall>($"""select consultation_id "ConsultationId", call_id "CallId" from calls_untold({time.GetMoment() - ToldWithin}, {most})""").ToListAsync(cancellationToken);

    /// <summary>Its conversation knows. One statement, the server's own.</summary>
    public async Task<bool> ToldAsync(Guid call, CancellationToken cancellationToken)
    {
        if (scope.Caller is not null)
        {
            throw Refusal.Forbidden();
        }

        await db.Database.ExecuteSqlAsync($"select call_told({call})", cancellationToken);
        return true;
    }
}

/// <summary>Does to one call what the time that has passed makes due.</summary>
public sealed class SettleCall(CallDesk desk, CallAttendance attendance, CallOptions options, CallerScope scope)
{
    /// <summary>At most four statements; the server's own.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="call">Which.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <returns>As it is then; null where it is over already.</returns>
    public Task<Call?> RunAsync(Guid id, Guid call, CancellationToken cancellationToken) => scope.Caller is null
        ? desk.SettleAsync(id, call, c => CallMachine.Settle(c, options, attendance.AwaySince, desk.Now), cancellationToken)
        : throw Refusal.Forbidden();
}
