namespace Colloque.Calls;

/// <summary>Something worth keeping of a move: a type of <see cref="Consultations.ConsultationEvent"/> and its detail, a code.</summary>
public sealed record CallNote(string Type, string? Detail = null);

/// <summary>What a move made of a call.</summary>
/// <param name="Call">As it is after it.</param>
/// <param name="PeerId">The place of whoever moved; empty where they have none.</param>
/// <param name="Notes">What happened; none and the same revision: nothing.</param>
public sealed record CallStep(Call Call, Guid PeerId, IReadOnlyList<CallNote> Notes);

/// <summary>Who moves, when, with what.</summary>
/// <param name="Me">Whoever moves.</param>
/// <param name="Now">The moment, by the server's clock.</param>
/// <param name="Device">Their device.</param>
/// <param name="NewPeer">The id of a new place, should there be one.</param>
/// <param name="IsHere">Whether the device of a place is connected.</param>
public sealed record CallHand(CallPerson Me, DateTimeOffset Now, string Device, Guid NewPeer, Func<CallMember, bool> IsHere);

/// <summary>The rules of calls: from a call and a move to the call after it, or a refusal. It reads no clock and no table.</summary>
public static class CallMachine
{
    /// <summary>People in one call: each device sends to each other one.</summary>
    public const int MostMembers = 4;

    /// <summary>Rings the other side.</summary>
    /// <exception cref="Refusal">403 guests.</exception>
    public static CallStep Begin(Call fresh, CallHand hand)
    {
        var me = Callable(hand.Me);
        var call = fresh with { State = CallState.Ringing, Caller = me, StartedAt = hand.Now, Revision = 1 };
        return Seat(call, hand, new CallNote("CallStarted", fresh.Media.ToString().ToLowerInvariant()));
    }

    /// <summary>Calls where there is a call already: whoever is rung answers it (both called at once), whoever is in it has their place again.</summary>
    /// <exception cref="Refusal">403 guests; 409 another device is in it, full.</exception>
    public static CallStep Start(Call live, CallHand hand)
    {
        Callable(hand.Me);
        return live.State == CallState.Ringing && live.Rings(hand.Me) ? Accept(live, hand) : Join(live, hand);
    }

    /// <summary>Answers. The first device does; the same once more has its place.</summary>
    /// <exception cref="Refusal">403 who is not rung; 409 another device was first, over, full.</exception>
    public static CallStep Accept(Call call, CallHand hand)
    {
        if (!call.Rings(Callable(hand.Me)) && call.Of(hand.Me.UserId) is null)
        {
            throw Refusal.Forbidden();
        }

        if (!call.IsLive)
        {
            throw CallRefusals.Over();
        }

        return call.State == CallState.Ringing && call.Rings(hand.Me)
            ? Seat(Next(call) with { State = CallState.Accepted, AcceptedAt = hand.Now }, hand, new CallNote("CallJoined"))
            : Join(call, hand);
    }

    /// <summary>Says no, for all of one's devices. To what is over it is no news.</summary>
    /// <exception cref="Refusal">403 who is not rung; 409 another device has answered.</exception>
    public static CallStep Reject(Call call, CallHand hand, bool busy)
    {
        if (!call.Rings(Callable(hand.Me)))
        {
            throw Refusal.Forbidden();
        }

        return call.State == CallState.Ringing ? Over(call, hand.Now, CallState.Rejected, busy ? CallEnd.Busy : CallEnd.Rejected)
            : call.IsLive ? throw CallRefusals.AnsweredElsewhere()
            : Still(call);
    }

    /// <summary>Comes into a call that was answered, or back to the own place.</summary>
    /// <exception cref="Refusal">409 over, nobody has answered yet, another device of the same person is in it, full.</exception>
    public static CallStep Join(Call call, CallHand hand)
    {
        if (!call.IsLive)
        {
            throw CallRefusals.Over();
        }

        var own = call.Of(hand.Me.UserId);
        if (own?.Device == hand.Device)
        {
            return new(call, own.PeerId, []);
        }

        if (own is not null)
        {
            // A device that is gone makes room for another of the same person; one that is there does not.
            return hand.IsHere(own)
                ? throw CallRefusals.AnsweredElsewhere()
                : Seat(Next(call) with { Members = Without(call, own) }, hand, new CallNote("CallLeft", "device"), new CallNote("CallJoined", "device"));
        }

        return call.State == CallState.Ringing ? throw CallRefusals.Ringing()
            : call.Members.Count >= MostMembers ? throw CallRefusals.Full()
            : Seat(Next(call), hand, new CallNote("CallJoined"));
    }

    /// <summary>Goes, alone. With fewer than two left the call is over; a caller who goes while it rings has given up.</summary>
    public static CallStep Leave(Call call, Guid person, DateTimeOffset now)
    {
        if (!call.IsLive || call.Of(person) is not { } own)
        {
            return Still(call);
        }

        return call.State == CallState.Ringing ? Over(call, now, CallState.Missed, CallEnd.HungUp)
            : call.Members.Count <= 2 ? Over(call, now, CallState.Ended, CallEnd.Left, new CallNote("CallLeft"))
            : new(Next(call) with { Members = Without(call, own) }, Guid.Empty, [new("CallLeft")]);
    }

    /// <summary>Ends it for all. Whoever is rung says no by it.</summary>
    /// <exception cref="Refusal">403 guests.</exception>
    public static CallStep End(Call call, CallPerson me, DateTimeOffset now)
    {
        Callable(me);
        return !call.IsLive ? Still(call)
            : call.State != CallState.Ringing ? Over(call, now, CallState.Ended, CallEnd.HungUp)
            : call.Rings(me) ? Over(call, now, CallState.Rejected, CallEnd.Rejected)
            : Over(call, now, CallState.Missed, CallEnd.HungUp);
    }

    /// <summary>Devices look for each other, or have found each other. What has come further does not go back.</summary>
    /// <exception cref="Refusal">409 not in it.</exception>
    public static CallStep Advance(Call call, Guid person, bool connected, DateTimeOffset now)
    {
        if (!call.IsLive)
        {
            return Still(call);
        }

        if (call.Of(person) is null)
        {
            throw CallRefusals.NotIn();
        }

        var to = connected ? CallState.Connected : CallState.Connecting;
        // Nobody is connected to nobody: while it rings, and once others have left, a word of it is late or false.
        return call.State == CallState.Ringing || call.State >= to || call.Members.Count < 2
            ? Still(call)
            : new(Next(call) with { State = to, ConnectedAt = connected ? now : call.ConnectedAt }, Guid.Empty, []);
    }

    /// <summary>What the time that has passed makes of it: missed, failed, or without those whose devices stayed away too long.</summary>
    public static CallStep Settle(Call call, CallOptions options, Func<CallMember, DateTimeOffset?> awaySince, DateTimeOffset now)
    {
        if (!call.IsLive)
        {
            return Still(call);
        }

        if (call.State == CallState.Ringing)
        {
            return now - call.StartedAt >= options.RingFor ? Over(call, now, CallState.Missed, CallEnd.Missed) : Still(call);
        }

        if (call.State != CallState.Connected && now - call.AcceptedAt >= options.ConnectWithin)
        {
            return Over(call, now, CallState.Failed, CallEnd.Failed);
        }

        CallMember[] stay = [.. call.Members.Where(m => awaySince(m) is not { } since || now - since < options.KeepsPlace)];
        if (stay.Length == call.Members.Count)
        {
            return Still(call);
        }

        CallNote[] gone = [.. call.Members.Except(stay).Select(static _ => new CallNote("CallLeft", "lost"))];
        return stay.Length < 2 ? Over(call, now, CallState.Ended, CallEnd.Lost, gone) : new(Next(call) with { Members = stay }, Guid.Empty, gone);
    }

    /// <summary>The code of a reason, as events and the wire have it: <c>hung_up</c>.</summary>
    public static string CodeOf(CallEnd end) => end switch
    {
        CallEnd.HungUp => "hung_up",
        CallEnd.VisitClosed => "visit_closed",
        _ => end.ToString().ToLowerInvariant(),
    };

    private static CallPerson Callable(CallPerson me) => me.IsGuest ? throw Refusal.Forbidden() : me;

    private static Call Next(Call call) => call with { Revision = call.Revision + 1 };

    private static CallStep Still(Call call) => new(call, Guid.Empty, []);

    private static CallMember[] Without(Call call, CallMember member) => [.. call.Members.Where(m => m.PeerId != member.PeerId)];

    private static CallStep Seat(Call call, CallHand hand, params CallNote[] notes)
    {
        var member = new CallMember(hand.NewPeer, hand.Me, hand.Device, call.Come, hand.Now, hand.Now);
        return new(call with { Members = [.. call.Members, member], Come = call.Come + 1 }, member.PeerId, notes);
    }

    private static CallStep Over(Call call, DateTimeOffset now, CallState state, CallEnd end, params CallNote[] notes) =>
        new(Next(call) with { State = state, EndedAt = now, End = end, Members = [] }, Guid.Empty, [.. notes, new("CallEnded", CodeOf(end))]);
}
