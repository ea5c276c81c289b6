using System.Collections.Frozen;
using System.Text.Json;
using Colloque.Calls;
using Colloque.Consultations;
using Colloque.Server.Realtime;

namespace Colloque.Server.Calls;

/// <summary>
/// Calls between people who are connected to different nodes: each tells the others of every move, of the devices it has, and passes on what one of them says to a device that another has.
/// With one node it says nothing.
/// </summary>
internal sealed class CallExchange(NodeWire wire, CallSwitch calls, CallSweep sweep) : ICallNeighbours
{
    /// <summary>Before the server starts.</summary>
    internal void Map()
    {
        calls.Join(this);
        wire.Tell(Hear, node => calls.KeepElsewhere(node, FrozenSet<Guid>.Empty), SayAll);
    }

    /// <summary>Tells the other nodes what concerns calls.</summary>
    internal void Announce(Announcement announcement)
    {
        switch (announcement)
        {
            case CallChanged changed:
                Say(new() { Changed = changed.Call, Rung = changed.Rung });
                break;
            case ConsultationClosed closed:
                Say(new() { Closed = closed.ConsultationId });
                break;
        }
    }

    /// <inheritdoc/>
    public long Seated(Call call, Guid peer, CallDevice device) => Say(new() { Seat = new(call.Id, peer, device) });

    /// <inheritdoc/>
    public void Signal(Call call, Guid from, Guid to, CallSignal signal) => Say(new() { Signal = new(call.Id, from, to, signal.Description, signal.Candidate) });

    private void SayAll() => Say(new() { All = calls.SayAll((call, rung) => Say(new() { Changed = call, Rung = rung })) });

    private long Say(CallWord word) => wire.HasOthers ? wire.Say(JsonSerializer.SerializeToUtf8Bytes(word, CallWordJson.Default.CallWord)) : 0;

    private void Hear(Guid node, byte[] bytes)
    {
        switch (JsonSerializer.Deserialize(bytes, CallWordJson.Default.CallWord))
        {
            case { Changed: { } call } word:
                calls.Announce(new CallChanged(call) { Rung = word.Rung ?? [] });
                break;
            case { Seat: { } seat }:
                calls.SeatElsewhere(node, seat.Call, seat.Peer, seat.Device, wire.Echoed);
                break;
            case { Signal: { } signal }:
                calls.Hear(signal.Call, signal.From, signal.To, new(signal.Description, signal.Candidate));
                break;
            case { Closed: { } visit }:
                sweep.Close(visit);
                break;
            case { All: { } all }:
                calls.KeepElsewhere(node, all.ToFrozenSet());
                break;
        }
    }
}
