namespace Colloque.Calls;

/// <summary>Answers a call, on one device: the first does, and the others stop ringing.</summary>
public sealed class AcceptCall(CallDesk desk)
{
    /// <summary>At most four statements; answers with the call and the caller's place in it.</summary>
    /// <exception cref="Refusal">403 administrators, and who is not rung; 404; 409 <c>call_answered_elsewhere</c>, <c>call_over</c>, <c>call_full</c>; 422 <c>device</c>.</exception>
    public Task<CallPlace> RunAsync(Guid id, Guid call, string? device, CancellationToken cancellationToken)
    {
        var own = CallDesk.Device(device);
        return desk.MoveAsync(id, call, (c, me) => CallMachine.Accept(c, desk.HandOf(me, own)), cancellationToken);
    }
}

/// <summary>Says no to a call, for all of one's devices.</summary>
public sealed class RejectCall(CallDesk desk)
{
    /// <summary>At most four statements; to a call that is over it does nothing.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="call">Which.</param>
    /// <param name="reason">declined, which null is too, or busy.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 administrators, and who is not rung; 404; 409 <c>call_answered_elsewhere</c>; 422 <c>reason</c>.</exception>
    public Task<CallPlace> RunAsync(Guid id, Guid call, string? reason, CancellationToken cancellationToken)
    {
        var busy = reason switch
        {
            null or "declined" => false,
            "busy" => true,
            _ => throw Refusal.Invalid("reason"),
        };
        return desk.MoveAsync(id, call, (c, me) => CallMachine.Reject(c, desk.HandOf(me, ""), busy), cancellationToken);
    }
}
