using Colloque.Storage;

namespace Colloque.Calls;

/// <summary>Goes out of a call, alone. With fewer than two left it is over.</summary>
public sealed class LeaveCall(CallDesk desk, CallerScope scope)
{
    /// <summary>At most four statements; does nothing for who is not in it, or where it is over.</summary>
    /// <exception cref="Refusal">403 administrators; 404.</exception>
    public Task<CallPlace> RunAsync(Guid id, Guid call, CancellationToken cancellationToken) =>
        desk.MoveAsync(id, call, (c, me) => CallMachine.Leave(c, me.UserId, desk.Now), cancellationToken);

    /// <summary>Somebody whose place in the visit has ended is taken out of its call, by the server itself. At most four statements.</summary>
    public Task<Call?> TakeOutAsync(Guid id, Guid person, CancellationToken cancellationToken) =>
        scope.Caller is null ? desk.SettleAsync(id, null, c => CallMachine.Leave(c, person, desk.Now), cancellationToken) : throw Refusal.Forbidden();
}

/// <summary>Ends a call for all.</summary>
public sealed class EndCall(CallDesk desk)
{
    /// <summary>At most four statements; to a call that is over it does nothing.</summary>
    /// <exception cref="Refusal">403 administrators, guests; 404.</exception>
    public Task<CallPlace> RunAsync(Guid id, Guid call, CancellationToken cancellationToken) =>
        desk.MoveAsync(id, call, (c, me) => CallMachine.End(c, me, desk.Now), cancellationToken);
}

/// <summary>Devices look for each other, or have found each other.</summary>
public sealed class AdvanceCall(CallDesk desk)
{
    /// <summary>At most four statements; what has come further does not go back.</summary>
    /// <exception cref="Refusal">403 administrators; 404; 409 <c>call_not_joined</c>.</exception>
    public Task<CallPlace> RunAsync(Guid id, Guid call, bool connected, CancellationToken cancellationToken) =>
        desk.MoveAsync(id, call, (c, me) => CallMachine.Advance(c, me.UserId, connected, desk.Now), cancellationToken);
}
