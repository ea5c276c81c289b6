using Colloque.Calls;
using Xunit;

namespace Colloque.Tests.Calls;

/// <summary>Whatever several people do with their devices in whatever order, a call stays one that makes sense, and ends.</summary>
public sealed class CallMachineTests
{
    private static readonly CallOptions Options = new();

    private static readonly Dictionary<CallState, CallState[]> Legal = new()
    {
        [CallState.Ringing] = [CallState.Ringing, CallState.Accepted, CallState.Rejected, CallState.Missed],
        [CallState.Accepted] = [CallState.Accepted, CallState.Connecting, CallState.Connected, CallState.Ended, CallState.Failed],
        [CallState.Connecting] = [CallState.Connecting, CallState.Connected, CallState.Ended, CallState.Failed],
        [CallState.Connected] = [CallState.Connected, CallState.Ended],
        [CallState.Ended] = [CallState.Ended],
        [CallState.Rejected] = [CallState.Rejected],
        [CallState.Missed] = [CallState.Missed],
        [CallState.Failed] = [CallState.Failed],
    };

    [Fact]
    public void Random_moves_of_several_people_keep_every_call_legal_and_every_call_ends()
    {
        var seen = new HashSet<CallState>();
        var refused = new HashSet<string>();
        for (var seed = 0; seed < 3_000; seed++)
        {
            var evening = new Evening(new(seed));
            for (var i = 0; i < 60; i++)
            {
                if (evening.Move() is { } code)
                {
                    refused.Add(code);
                }

                seen.Add(evening.Call?.State ?? CallState.Ended);
            }

            evening.EverybodyGoes();
            Assert.False(evening.Call is { IsLive: true }, $"seed {seed}: {evening.Call?.State}");
        }

        Assert.Equal(Enum.GetValues<CallState>().Length, seen.Count);
        Assert.Superset(new HashSet<string> { "call_answered_elsewhere", "call_over", "call_ringing", "call_full", "call_not_joined", "forbidden" }, refused);
    }

    [Fact]
    public void A_place_whose_device_is_gone_goes_to_another_device_of_the_same_person_and_a_place_that_is_taken_does_not()
    {
        var evening = new Evening(new(1));
        var (patient, doctor) = (evening.Patient, evening.Practitioner);
        var call = CallMachine.Accept(CallMachine.Begin(evening.Fresh(), evening.Hand(doctor, "desk")).Call, evening.Hand(patient, "phone")).Call;
        Assert.Equal("call_answered_elsewhere", Assert.Throws<Refusal>(() => CallMachine.Join(call, evening.Hand(patient, "tablet"))).Code);
        var moved = CallMachine.Join(call, evening.Hand(patient, "tablet") with { IsHere = static _ => false });
        Assert.Equal([0, 2], moved.Call.Members.Select(static m => m.Order));
        Assert.Equal(["CallLeft", "CallJoined"], moved.Notes.Select(static n => n.Type));
        Assert.Equal(moved.PeerId, CallMachine.Join(moved.Call, evening.Hand(patient, "tablet")).PeerId);
    }

    /// <summary>One visit, its two people with two devices each, and three guests.</summary>
    private sealed class Evening(Random chance)
    {
        private readonly CallPerson[] guests = [.. Enumerable.Range(0, 3).Select(static i => new CallPerson(Guid.CreateVersion7(), $"Guest {i}", CallSide.Guest))];
        private readonly Dictionary<Guid, DateTimeOffset> gone = [];
        private DateTimeOffset now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        private int inside;
        private int ends;

        internal CallPerson Patient { get; } = new(Guid.CreateVersion7(), "Patient", CallSide.Patient);

        internal CallPerson Practitioner { get; } = new(Guid.CreateVersion7(), "Practitioner", CallSide.Practitioner);

        internal Call? Call { get; private set; }

        internal Call Fresh() => new(
            Guid.CreateVersion7(now), Guid.Empty, Guid.Empty, Patient.UserId, Practitioner.UserId, chance.Next(2) == 0 ? CallMedia.Audio : CallMedia.Video, "peer", CallState.Ringing, Patient, now);

        internal CallHand Hand(CallPerson me, string device) => new(me, now, device, Guid.CreateVersion7(now), m => !gone.ContainsKey(m.PeerId));

        /// <summary>One of them does something; answers with the code of a refusal.</summary>
        internal string? Move()
        {
            now += TimeSpan.FromSeconds(chance.Next(chance.Next(8) == 0 ? 40 : 4));
            CallPerson[] people = [Patient, Patient, Practitioner, Practitioner, .. guests];
            var me = people[chance.Next(people.Length)];
            var hand = Hand(me, $"device-{chance.Next(2)}");
            try
            {
                Take(Next(me, hand));
                return null;
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }

        internal void EverybodyGoes()
        {
            foreach (var member in Call?.Members ?? [])
            {
                gone.TryAdd(member.PeerId, now);
            }

            now += Options.RingFor + Options.KeepsPlace;
            if (Call is { } call)
            {
                Take(CallMachine.Settle(call, Options, Away, now));
            }
        }

        private CallStep? Next(CallPerson me, CallHand hand)
        {
            if (Call is null)
            {
                return CallMachine.Begin(Fresh(), hand);
            }

            switch (chance.Next(12))
            {
                case 0:
                    if (Call.IsLive)
                    {
                        return CallMachine.Start(Call, hand);
                    }

                    (inside, ends) = (0, 0);
                    Call = null;
                    return CallMachine.Begin(Fresh(), hand);
                case 1 or 2:
                    return CallMachine.Accept(Call, hand);
                case 3 or 4 or 5:
                    return CallMachine.Join(Call, hand);
                case 6:
                    return chance.Next(3) == 0 ? CallMachine.Reject(Call, hand, chance.Next(2) == 0) : null;
                case 7:
                    return CallMachine.Leave(Call, me.UserId, now);
                case 8:
                    return chance.Next(4) == 0 ? CallMachine.End(Call, me, now) : null;
                case 9:
                    return CallMachine.Advance(Call, me.UserId, chance.Next(2) == 0, now);
                case 10:
                    if (Call.Of(me.UserId) is { } own && !gone.Remove(own.PeerId))
                    {
                        gone[own.PeerId] = now;
                    }

                    return null;
                default:
                    return CallMachine.Settle(Call, Options, Away, now);
            }
        }

        private DateTimeOffset? Away(CallMember member) => gone.TryGetValue(member.PeerId, out var at) ? at : null;

        private void Take(CallStep? step)
        {
            if (step is null)
            {
                return;
            }

            var (before, after) = (Call, step.Call);
            if (before is not null)
            {
                Assert.Contains(after.State, Legal[before.State]);
                Assert.Equal((before.Id, before.Caller, before.StartedAt), (after.Id, after.Caller, after.StartedAt));
                Assert.InRange(after.Revision - before.Revision, 0, 1);
                if (after.Revision == before.Revision || !before.IsLive)
                {
                    Assert.Equal(before, after);
                    Assert.Empty(step.Notes);
                }
            }

            inside += step.Notes.Sum(static n => n.Type switch
            {
                "CallStarted" or "CallJoined" => 1,
                "CallLeft" => -1,
                _ => 0,
            });
            ends += step.Notes.Count(static n => n.Type == "CallEnded");
            Check(after);
            Call = after;
        }

        private void Check(Call call)
        {
            Assert.Equal(call.IsLive ? 0 : 1, ends);
            Assert.Equal(call.IsLive, call.EndedAt is null);
            Assert.Equal(call.IsLive, call.End is null);
            Assert.Equal(call.State is CallState.Ringing, call.IsLive && call.AcceptedAt is null);
            Assert.True(call.AcceptedAt is null || call.AcceptedAt >= call.StartedAt);
            Assert.True(call.ConnectedAt is null || call.ConnectedAt >= call.AcceptedAt);
            Assert.True(call.EndedAt is null || call.EndedAt >= (call.ConnectedAt ?? call.AcceptedAt ?? call.StartedAt));
            Assert.True(call.State != CallState.Connected || call.ConnectedAt is not null);
            var members = call.Members;
            if (call.IsLive)
            {
                Assert.Equal(members.Count, inside);
            }

            var (least, most) = !call.IsLive ? (0, 0) : call.State == CallState.Ringing ? (1, 1) : (2, CallMachine.MostMembers);
            Assert.InRange(members.Count, least, most);
            Assert.Equal(members.Count, members.Select(static m => m.Person.UserId).Distinct().Count());
            Assert.Equal(members.Select(static m => m.Order), members.Select(static m => m.Order).Order().Distinct());
            Assert.All(members, m => Assert.InRange(m.Order, 0, call.Come - 1));
            Assert.False(call.Caller.IsGuest);
        }
    }
}
