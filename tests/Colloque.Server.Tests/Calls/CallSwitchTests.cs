using Colloque.Calls;
using Colloque.Server.Calls;
using Xunit;

namespace Colloque.Server.Tests.Calls;

/// <summary>Signals find the one device they are for; what a call takes of memory is little, and is given back.</summary>
public sealed class CallSwitchTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_signal_reaches_the_one_device_it_is_for_and_a_tab_that_was_loaded_anew_has_the_place_alone()
    {
        var (calls, call) = Begin();
        var (one, two) = (call.Members[0].PeerId, call.Members[1].PeerId);
        var (first, second) = (new Ear("first"), new Ear("second"));
        calls.Announce(new CallChanged(call));
        calls.Bind(call, one, first);
        // The other has its place and is about to take it: what is said meanwhile waits.
        Assert.True(calls.Signal("first", call.ConsultationId, call.Id, two, default));
        Assert.Empty(second.Heard);
        calls.Bind(call, two, second);
        Assert.Equal([one], second.Heard);

        var anew = new Ear("anew");
        calls.Bind(call, two, anew);
        Assert.True(calls.Signal("first", call.ConsultationId, call.Id, two, default));
        Assert.Equal([one], second.Heard);
        Assert.Equal([one], anew.Heard);
        foreach (var (socket, visit, id, to) in new[]
        {
            ("second", call.ConsultationId, call.Id, one), ("nobody", call.ConsultationId, call.Id, one), ("first", Guid.Empty, call.Id, two),
            ("first", call.ConsultationId, Guid.Empty, two), ("first", call.ConsultationId, call.Id, one), ("first", call.ConsultationId, call.Id, Guid.Empty),
        })
        {
            Assert.Equal("not_found", Assert.Throws<Refusal>(() => calls.Signal(socket, visit, id, to, default)).Code);
        }

        // The socket that lost its place ends without taking the newer one's along.
        calls.Release("second");
        Assert.True(calls.PictureOf(call).Devices[two].Present);
        calls.Release("anew");
        Assert.False(calls.PictureOf(call).Devices[two].Present);
        Assert.False(calls.Signal("first", call.ConsultationId, call.Id, two, default));
    }

    [Fact]
    public void An_older_word_never_overtakes_a_newer_one_and_what_is_over_stays_over()
    {
        var (calls, call) = Begin();
        var told = new List<(int Revision, CallState State)>();
        calls.Add(p => told.Add((p.Call.Revision, p.Call.State)));
        var connected = call with { Revision = 3, State = CallState.Connected };
        var over = call with { Revision = 4, State = CallState.Ended, EndedAt = Now, End = CallEnd.HungUp, Members = [] };
        calls.Announce(new CallChanged(call));
        calls.Announce(new CallChanged(over));
        calls.Announce(new CallChanged(connected));
        calls.Bind(connected, call.Members[0].PeerId, new Ear("late"));
        Assert.Equal([(2, CallState.Accepted), (4, CallState.Ended)], told);
        Assert.Equal("not_found", Assert.Throws<Refusal>(() => calls.Require("late", call.ConsultationId, call.Id)).Code);
    }

    [Fact]
    public void A_call_of_two_takes_less_than_ten_kilobytes_of_the_switch()
    {
        const int Count = 2_000;
        var calls = new CallSwitch(new(TimeProvider.System), TimeProvider.System);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++)
        {
            var call = Meet();
            calls.Announce(new CallChanged(call));
            foreach (var member in call.Members)
            {
                calls.Bind(call, member.PeerId, new Ear(member.PeerId.ToString("N")));
            }
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;
        Assert.Equal(Count, calls.Count);
        Assert.True(bytes < 10 * 1024, $"{bytes} bytes a call");
        TestContext.Current.SendDiagnosticMessage($"{bytes:F0} bytes a call");
    }

    [Fact]
    public void Devices_at_two_nodes_reach_each_other_and_of_a_device_that_moves_the_newer_place_holds()
    {
        var (one, call) = Begin();
        var (doctor, patient) = (call.Members[0].PeerId, call.Members[1].PeerId);
        var two = new CallSwitch(new(TimeProvider.System), TimeProvider.System);
        var (ofOne, ofTwo) = (new Street(Guid.CreateVersion7(), two), new Street(Guid.CreateVersion7(), one));
        one.Join(ofOne);
        two.Join(ofTwo);
        var shown = new List<bool[]>();
        one.Add(p => shown.Add([.. p.Devices.Values.Select(static d => d.Present)]));
        one.Announce(new CallChanged(call));
        two.Announce(new CallChanged(call));

        // What is said to a device that is about to come goes after it, to whichever node it comes.
        var desk = new Ear("desk");
        one.Bind(call, doctor, desk);
        Assert.True(one.Signal("desk", call.ConsultationId, call.Id, patient, default));
        var phone = new Ear("phone");
        two.Bind(call, patient, phone);
        Assert.Equal([doctor], phone.Heard);
        Assert.True(two.Signal("phone", call.ConsultationId, call.Id, doctor, default));
        Assert.Equal([patient], desk.Heard);
        Assert.True(two.PictureOf(call).Devices[doctor].Present);
        two.State("phone", call.ConsultationId, call.Id, d => d with { Microphone = false });
        Assert.False(one.PictureOf(call).Devices[patient].Microphone);

        // Nobody who is not in it, and nothing of a call that nobody knows.
        two.Hear(call.Id, Guid.CreateVersion7(), patient, default);
        two.Hear(Guid.CreateVersion7(), doctor, patient, default);
        two.Hear(call.Id, patient, patient, default);
        Assert.Equal([doctor], phone.Heard);

        // It moves to the node of the other, and its old socket is none of the call's; nor does that one's end take the new one along.
        var moved = new Ear("moved");
        two.Bind(call, doctor, moved);
        Assert.Throws<Refusal>(() => one.Require("desk", call.ConsultationId, call.Id));
        one.Release("desk");
        Assert.True(two.Signal("phone", call.ConsultationId, call.Id, doctor, default));
        Assert.Equal([patient], moved.Heard);
        Assert.True(one.PictureOf(call).Devices[doctor].Present);

        // A place that this node has just said to have is not taken by a word from before that.
        two.SeatElsewhere(ofOne.Node, call.Id, doctor, CallDevice.New(CallMedia.Video), echoed: 0);
        Assert.True(two.Signal("phone", call.ConsultationId, call.Id, doctor, default));
        Assert.Equal([patient, patient], moved.Heard);

        // The other node ends: its devices are gone until they are here.
        one.KeepElsewhere(ofTwo.Node, new HashSet<Guid> { doctor });
        Assert.Equal([true, false], [.. one.PictureOf(call).Devices.Values.Select(static d => d.Present)]);
        one.KeepElsewhere(ofTwo.Node, new HashSet<Guid>());
        Assert.Equal([false, false], shown[^1]);
        Assert.Empty(one.SayAll((_, _) => Assert.Fail("It has no device.")));
        one.Bind(call, doctor, new Ear("back"));
        var said = new List<Guid>();
        Assert.Equal([doctor], one.SayAll((c, _) => said.Add(c.Id)));
        Assert.Equal([call.Id], said);
    }

    private static (CallSwitch Calls, Call Call) Begin() => (new(new(TimeProvider.System), TimeProvider.System), Meet());

    private static Call Meet()
    {
        var (patient, practitioner) = (new CallPerson(Guid.CreateVersion7(), "Amina Diallo", CallSide.Patient), new CallPerson(Guid.CreateVersion7(), "Nadia Roy", CallSide.Practitioner));
        var now = TimeProvider.System.GetUtcNow();
        return new(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), patient.UserId, practitioner.UserId, CallMedia.Video, "peer", CallState.Accepted, practitioner, now)
        {
            AcceptedAt = now,
            Revision = 2,
            Come = 2,
            Members = [new(Guid.CreateVersion7(), practitioner, "desk", 0, now, now), new(Guid.CreateVersion7(), patient, "phone", 1, now, now)],
        };
    }

    /// <summary>Remembers who said something to it.</summary>
    private sealed class Ear(string socketId) : ICallLine
    {
        public string SocketId => socketId;

        internal List<Guid> Heard { get; } = [];

        public void Tell(CallPicture picture, Guid from, CallSignal signal) => Heard.Add(from);

        public void Show(CallPicture picture)
        {
            // Not of interest here.
        }
    }

    /// <summary>The way to another switch, which hears at once.</summary>
    private sealed class Street(Guid node, CallSwitch other) : ICallNeighbours
    {
        private long said;

        internal Guid Node => node;

        public long Seated(Call call, Guid peer, CallDevice device)
        {
            said++;
            other.SeatElsewhere(node, call.Id, peer, device, echoed: long.MaxValue);
            return said;
        }

        public void Signal(Call call, Guid from, Guid to, CallSignal signal) => other.Hear(call.Id, from, to, signal);
    }
}
