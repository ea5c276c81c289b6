using Colloque.Calls;

namespace Colloque.Server.Calls;

/// <content>Devices that other nodes have.</content>
internal sealed partial class CallSwitch
{
    /// <summary>Tells other nodes of the devices that are here, and passes on what is for devices there. Before the server starts.</summary>
    internal void Join(ICallNeighbours nodes) => neighbours = nodes;

    /// <summary>Another node passes on what was said there to a device that is here. What is no call's, or between two who are not in it, goes nowhere.</summary>
    internal void Hear(Guid call, Guid from, Guid to, CallSignal signal)
    {
        if (!calls.TryGetValue(call, out var line))
        {
            return;
        }

        lock (line.Gate)
        {
            if (from != to && line.Call.Members.Any(m => m.PeerId == from) && line.Call.Members.FirstOrDefault(m => m.PeerId == to) is { } member
                && line.Seats.GetValueOrDefault(to)?.Node is null)
            {
                Pass(line, from, member, signal);
            }
        }
    }

    /// <summary>
    /// Another node has a place's device, or has it no more, or it does something else. The one that was here has the place no longer: unless it took it so lately that the others have yet to
    /// hear of it, for then they will.
    /// </summary>
    internal void SeatElsewhere(Guid node, Guid call, Guid peer, CallDevice device, long echoed)
    {
        if (!calls.TryGetValue(call, out var line))
        {
            return;
        }

        lock (line.Gate)
        {
            var known = line.Seats.GetValueOrDefault(peer);
            if (!line.Call.IsLive || line.Call.Members.All(m => m.PeerId != peer) || (device.Present ? known is { Device: not null } && known.Claim > echoed : known?.Node != node))
            {
                return;
            }

            var was = Picture(line).Devices[peer];
            var seat = known ?? (line.Seats[peer] = new(device));
            if (seat.Device is { } own)
            {
                Unlink(own.SocketId, call);
                seat.Device = null;
            }

            var early = seat.Early;
            (seat.State, seat.Early, seat.Node) = (device, null, device.Present ? node : null);
            if (device.Present)
            {
                attendance.CameElsewhere(peer);
            }
            else
            {
                attendance.Went(peer);
            }

            foreach (var (from, signal) in early ?? [])
            {
                Pass(line, from, line.Call.Members.First(m => m.PeerId == peer), signal);
            }

            if (was.Present != device.Present)
            {
                Publish(line);
            }
            else if (was != device)
            {
                Show(line);
            }
        }
    }

    /// <summary>Of a node's devices only these are left: none, where it has ended.</summary>
    internal void KeepElsewhere(Guid node, IReadOnlySet<Guid> peers)
    {
        foreach (var line in calls.Values)
        {
            lock (line.Gate)
            {
                foreach (var (peer, seat) in line.Seats.Where(s => s.Value.Node == node && !peers.Contains(s.Key)).ToArray())
                {
                    seat.Node = null;
                    attendance.Went(peer);
                    Publish(line);
                }
            }
        }
    }

    /// <summary>Tells the other nodes of every device that is here.</summary>
    /// <param name="changed">Said before its devices are: a call that has some here.</param>
    /// <returns>Their places.</returns>
    internal IReadOnlyList<Guid> SayAll(Action<Call, IReadOnlyList<RungPerson>> changed)
    {
        var here = new List<Guid>();
        foreach (var line in calls.Values)
        {
            lock (line.Gate)
            {
                var own = line.Seats.Where(static s => s.Value.Device is not null).ToArray();
                if (own.Length > 0)
                {
                    changed(line.Call, line.Rung);
                }

                foreach (var (peer, seat) in own)
                {
                    seat.Claim = neighbours?.Seated(line.Call, peer, Shown(seat)) ?? 0;
                    here.Add(peer);
                }
            }
        }

        return here;
    }
}
