using System.Collections.Concurrent;
using Colloque.Calls;

namespace Colloque.Server.Calls;

/// <summary>
/// The calls under way and the devices in them, in memory: where signalling finds its way from one device to another. Who is in a call, and where it is in its
/// life, the database says; this only remembers the newest it was told, and which socket is whose place, or which other node has it.
/// </summary>
internal sealed partial class CallSwitch(CallAttendance attendance, TimeProvider time)
{
    /// <summary>How long a call that is over is remembered, so that a late word of it makes no new one.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>Signals that wait for a device that is about to take its place.</summary>
    private const int MostEarly = 64;

    private readonly ConcurrentDictionary<Guid, Line> calls = new();

    // Of a socket that is in calls, which: nearly always one.
    private readonly ConcurrentDictionary<string, Guid[]> sockets = new(StringComparer.Ordinal);

    private Action<CallPicture>[] contracts = [];
    private ICallNeighbours? neighbours;

    /// <summary>Calls that are remembered.</summary>
    internal int Count => calls.Count;

    /// <summary>Adds a contract, before the server starts: it tells who is concerned of each change, in order. Must not wait.</summary>
    internal void Add(Action<CallPicture> contract) => contracts = [.. contracts, contract];

    /// <summary>Hears that a call is another.</summary>
    internal void Announce(Announcement announcement)
    {
        if (announcement is not CallChanged changed)
        {
            return;
        }

        var line = calls.GetOrAdd(changed.Call.Id, static (_, call) => new(call), changed.Call);
        lock (line.Gate)
        {
            if (changed.Call.Revision <= line.Told)
            {
                return;
            }

            Take(line, changed.Call);
            if (changed.Rung.Count > 0)
            {
                line.Rung = changed.Rung;
            }

            // Another node says whom it rang for as long as it goes on.
            Publish(line, changed.Rung.Count > 0 && changed.Call.State == CallState.Ringing);
        }
    }

    /// <summary>A device takes its place. The one that had it before, as a tab that was loaded anew, has it no longer.</summary>
    internal void Bind(Call call, Guid peer, ICallLine device)
    {
        var line = calls.GetOrAdd(call.Id, static (_, call) => new(call), call);
        lock (line.Gate)
        {
            if (call.Revision > line.Call.Revision)
            {
                Take(line, call);
            }

            if (!line.Call.IsLive || line.Call.Members.All(m => m.PeerId != peer))
            {
                return;
            }

            var wasShown = Picture(line).Devices[peer].Present;
            if (!line.Seats.TryGetValue(peer, out var seat))
            {
                line.Seats[peer] = seat = new(CallDevice.New(line.Call.Media));
            }

            var was = seat.Device;
            if (was?.SocketId == device.SocketId)
            {
                return;
            }

            if (was is not null)
            {
                Unlink(was.SocketId, call.Id);
            }

            (seat.Device, seat.Node) = (device, null);
            seat.Claim = neighbours?.Seated(line.Call, peer, Shown(seat)) ?? 0;
            var early = seat.Early;
            seat.Early = null;
            sockets.AddOrUpdate(device.SocketId, static (_, id) => [id], static (_, ids, id) => ids.Contains(id) ? ids : [.. ids, id], call.Id);
            attendance.Came(peer);
            if (!wasShown)
            {
                Publish(line);
            }

            foreach (var (from, signal) in early ?? [])
            {
                device.Tell(Picture(line), from, signal);
            }
        }
    }

    /// <summary>A socket is gone; its places are kept for a while.</summary>
    internal void Release(string socketId)
    {
        if (!sockets.TryRemove(socketId, out var ids))
        {
            return;
        }

        foreach (var id in ids)
        {
            if (!calls.TryGetValue(id, out var line))
            {
                continue;
            }

            lock (line.Gate)
            {
                foreach (var (peer, seat) in line.Seats.Where(s => s.Value.Device?.SocketId == socketId).ToArray())
                {
                    seat.Device = null;
                    neighbours?.Seated(line.Call, peer, Shown(seat));
                    attendance.Went(peer);
                    Publish(line);
                }
            }
        }
    }

    /// <summary>Passes a signal on from the device that a socket is.</summary>
    /// <returns>Whether it was passed on: a device that is gone for a moment hears nothing.</returns>
    /// <exception cref="Refusal">404: the socket is no device of this call, or nobody has that place.</exception>
    internal bool Signal(string socketId, Guid consultation, Guid call, Guid to, CallSignal signal)
    {
        var line = Find(consultation, call);
        lock (line.Gate)
        {
            var from = line.PeerOf(socketId);
            if (from == to || line.Call.Members.FirstOrDefault(m => m.PeerId == to) is not { } member)
            {
                throw Refusal.NotFound();
            }

            return Pass(line, from, member, signal);
        }
    }

    /// <summary>Notes what a device does, and tells the others in the call.</summary>
    /// <exception cref="Refusal">404: the socket is no device of this call.</exception>
    internal Call State(string socketId, Guid consultation, Guid call, Func<CallDevice, CallDevice> change)
    {
        var line = Find(consultation, call);
        lock (line.Gate)
        {
            var seat = line.Seats[line.PeerOf(socketId)];
            var (before, after) = (seat.State, change(seat.State));
            if (before != after)
            {
                seat.State = after;
                neighbours?.Seated(line.Call, line.PeerOf(socketId), Shown(seat));
                Show(line);
            }

            return line.Call;
        }
    }

    /// <summary>Whether a socket is a device of a call.</summary>
    /// <exception cref="Refusal">404: it is not.</exception>
    internal Call Require(string socketId, Guid consultation, Guid call)
    {
        var line = Find(consultation, call);
        lock (line.Gate)
        {
            line.PeerOf(socketId);
            return line.Call;
        }
    }

    /// <summary>A call with what its devices do.</summary>
    internal CallPicture PictureOf(Call call)
    {
        var line = calls.GetValueOrDefault(call.Id) ?? new(call);
        lock (line.Gate)
        {
            return Picture(call.Revision > line.Call.Revision ? new(call) : line);
        }
    }

    /// <summary>Calls that go on, as far as is known here.</summary>
    internal Call[] Live() => [.. calls.Values.Select(static l => l.Call).Where(static c => c.IsLive)];

    /// <summary>Calls of a visit that are remembered.</summary>
    internal IEnumerable<Call> OfVisit(Guid consultation) => calls.Values.Select(static l => l.Call).Where(c => c.ConsultationId == consultation);

    /// <summary>Forgets calls that have long been over.</summary>
    internal void Prune()
    {
        var before = time.GetUtcNow() - Kept;
        foreach (var entry in calls.Where(c => c.Value.Call.EndedAt < before))
        {
            calls.TryRemove(entry);
        }
    }

    private void Take(Line line, Call call)
    {
        line.Call = call;
        foreach (var (peer, seat) in line.Seats.Where(s => call.Members.All(m => m.PeerId != s.Key)).ToArray())
        {
            line.Seats.Remove(peer);
            attendance.Forget(peer);
            if (seat.Device is { } device)
            {
                Unlink(device.SocketId, call.Id);
            }
        }
    }

    /// <summary>To the device that is here, by the node that has it, or to wait for it.</summary>
    private bool Pass(Line line, Guid from, CallMember to, CallSignal signal)
    {
        if (!line.Seats.TryGetValue(to.PeerId, out var seat) && attendance.IsHere(to))
        {
            line.Seats[to.PeerId] = seat = new(CallDevice.New(line.Call.Media));
        }

        if (seat?.Device is { } device)
        {
            device.Tell(Picture(line), from, signal);
            return true;
        }

        if (seat?.Node is not null)
        {
            neighbours!.Signal(line.Call, from, to.PeerId, signal);
            return true;
        }

        // It has its place, and is about to take it: what is said to it meanwhile waits.
        if (seat is { Early: { Count: < MostEarly } early })
        {
            early.Add((from, signal));
            return true;
        }

        return false;
    }

    private void Show(Line line)
    {
        var picture = Picture(line);
        foreach (var other in line.Seats.Values)
        {
            other.Device?.Show(picture);
        }
    }

    private static CallDevice Shown(Seat seat) => seat.State with { Present = seat.Device is not null || seat.Early is not null || seat.Node is not null };

    private void Publish(Line line, bool begins = false)
    {
        line.Told = line.Call.Revision;
        var picture = Picture(line) with { Begins = begins };
        foreach (var contract in contracts)
        {
            contract(picture);
        }
    }

    private CallPicture Picture(Line line) => new(
        line.Call,
        line.Call.Members.ToDictionary(
            static m => m.PeerId,
            m => line.Seats.TryGetValue(m.PeerId, out var seat)
                ? Shown(seat)
                : CallDevice.New(line.Call.Media) with { Present = attendance.IsHere(m) }))
    {
        Rung = line.Rung,
    };

    private Line Find(Guid consultation, Guid call) =>
        calls.TryGetValue(call, out var line) && line.Call.ConsultationId == consultation ? line : throw Refusal.NotFound();

    private void Unlink(string socketId, Guid call)
    {
        if (!sockets.TryGetValue(socketId, out var ids))
        {
            return;
        }

        Guid[] rest = [.. ids.Where(i => i != call)];
        if (rest.Length == 0)
        {
            sockets.TryRemove(socketId, out _);
        }
        else
        {
            sockets[socketId] = rest;
        }
    }
}
