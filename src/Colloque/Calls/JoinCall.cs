namespace Colloque.Calls;

/// <summary>Comes into a call that was answered, as guests do; and the way back to one's place for everyone whose device was gone for a moment.</summary>
public sealed class JoinCall(CallDesk desk)
{
    /// <summary>At most four statements, two where the place is the caller's already; answers with the call and the place.</summary>
    /// <exception cref="Refusal">
    /// 403 administrators; 404; 409 <c>call_over</c>, <c>call_ringing</c>: nobody has answered, <c>call_answered_elsewhere</c>: another device of the same person is in it, <c>call_full</c>;
    /// 422 <c>device</c>.
    /// </exception>
    public Task<CallPlace> RunAsync(Guid id, Guid call, string? device, CancellationToken cancellationToken)
    {
        var own = CallDesk.Device(device);
        return desk.MoveAsync(id, call, (c, me) => CallMachine.Join(c, desk.HandOf(me, own)), cancellationToken);
    }
}
