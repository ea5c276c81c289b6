namespace SocketIO.AspNetCore;

/// <summary>Rooms of one node, in memory.</summary>
public class InMemoryAdapter : Adapter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Socket> _sockets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly RecoveryLog? _log;
    private readonly int _maxRoomsPerSocket;
    private Socket[]? _everyone;

    /// <summary>An adapter for one namespace, with the bounds and the recovery settings of its server.</summary>
    public InMemoryAdapter(Namespace ns)
        : base(ns)
    {
        ArgumentNullException.ThrowIfNull(ns);
        var options = ns.Server.Options;
        _maxRoomsPerSocket = options.MaxRoomsPerSocket;
        if (options.ConnectionStateRecovery is { } recovery)
        {
            _log = new RecoveryLog(recovery, options.TimeProvider);
        }
    }

    /// <inheritdoc/>
    public override string? NextOffset() => _log?.NextOffset();

    /// <inheritdoc/>
    public override void Broadcast(EncodedPacket packet, BroadcastFilter filter)
    {
        if (_log is null || packet.Offset is null)
        {
            Send(packet, filter);
            return;
        }

        // One lock from the log to the queues: who returns meanwhile gets the packet by replay or live, never both.
        lock (_log.Gate)
        {
            _log.Append(packet, filter);
            Send(packet, filter);
        }
    }

    /// <inheritdoc/>
    public override void Add(Socket socket, Action welcome)
    {
        lock (_gate)
        {
            if (socket.IsClosed)
            {
                return;
            }

            welcome();
            _sockets[socket.Id] = socket;
            _everyone = null;
        }
    }

    /// <inheritdoc/>
    public override void Remove(Socket socket)
    {
        lock (_gate)
        {
            if (_sockets.TryGetValue(socket.Id, out var known) && known == socket)
            {
                _sockets.Remove(socket.Id);
                _everyone = null;
            }

            foreach (var room in socket.JoinedRooms ?? [])
            {
                RemoveFrom(room, socket);
            }

            socket.JoinedRooms = null;
        }
    }

    /// <inheritdoc/>
    public override bool Join(Socket socket, string room)
    {
        lock (_gate)
        {
            return !socket.IsClosed && JoinRoom(socket, room);
        }
    }

    /// <inheritdoc/>
    public override void Leave(Socket socket, string room)
    {
        lock (_gate)
        {
            if (socket.JoinedRooms?.Remove(room) == true)
            {
                RemoveFrom(room, socket);
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> RoomsOf(Socket socket)
    {
        lock (_gate)
        {
            return [socket.Id, .. socket.JoinedRooms ?? []];
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyCollection<Socket> LocalSockets(BroadcastFilter filter)
    {
        lock (_gate)
        {
            return Select(filter);
        }
    }

    /// <inheritdoc/>
    public override void Save(Socket socket)
    {
        if (_log is null)
        {
            return;
        }

        LostSocket lost;
        lock (_gate)
        {
            lost = new LostSocket(
                socket.Id, socket.PrivateId!, [.. socket.JoinedRooms ?? []], socket.Data, socket.State, string.Empty);
        }

        _log.Save(lost);
    }

    /// <inheritdoc/>
    public override LostSocket? Take(string privateId, string offset) => _log?.Take(privateId, offset);

    /// <inheritdoc/>
    public override bool TryRestore(Socket socket, LostSocket lost, Action welcome)
    {
        if (_log is null)
        {
            return false;
        }

        lock (_log.Gate)
        {
            if (_log.MissedBy(lost) is not { } missed)
            {
                return false;
            }

            Add(socket, welcome);
            foreach (var room in lost.Rooms)
            {
                Join(socket, room);
            }

            foreach (var packet in missed)
            {
                socket.Send(packet);
            }

            return true;
        }
    }

    private void Send(EncodedPacket packet, BroadcastFilter filter)
    {
        Socket[] sockets;
        lock (_gate)
        {
            sockets = Select(filter);
        }

        foreach (var socket in sockets)
        {
            if (!filter.IsVolatile || socket.IsWritable)
            {
                socket.Send(packet);
            }
        }
    }

    private Socket[] Select(BroadcastFilter filter)
    {
        var sockets = filter.Rooms.Count switch
        {
            0 => _everyone ??= [.. _sockets.Values],
            1 => MembersOf(filter.Rooms[0]),
            _ => [.. filter.Rooms.SelectMany(MembersOf).Distinct()],
        };
        if (filter.Except.Count == 0)
        {
            return sockets;
        }

        return Array.FindAll(sockets, s => !IsExcepted(s, filter.Except));
    }

    private static bool IsExcepted(Socket socket, IReadOnlyList<string> except)
    {
        for (var i = 0; i < except.Count; i++)
        {
            if (socket.Id == except[i] || socket.JoinedRooms?.Contains(except[i]) == true)
            {
                return true;
            }
        }

        return false;
    }

    // A socket's own id is a room without being one: thousands of rooms of one would only cost memory.
    private Socket[] MembersOf(string room) =>
        _rooms.TryGetValue(room, out var members) ? members.Snapshot
        : _sockets.TryGetValue(room, out var socket) ? [socket]
        : [];

    private bool JoinRoom(Socket socket, string room)
    {
        // The id of another socket names its private room: joining that would be listening in on it.
        if (room == socket.Id || _sockets.ContainsKey(room))
        {
            return room == socket.Id;
        }

        var joined = socket.JoinedRooms ??= new HashSet<string>(StringComparer.Ordinal);
        if (joined.Contains(room))
        {
            return true;
        }

        if (joined.Count >= _maxRoomsPerSocket)
        {
            return false;
        }

        joined.Add(room);
        if (!_rooms.TryGetValue(room, out var members))
        {
            _rooms[room] = members = new Room();
        }

        members.Add(socket);
        return true;
    }

    private void RemoveFrom(string room, Socket socket)
    {
        if (_rooms.TryGetValue(room, out var members) && members.Remove(socket) == 0)
        {
            _rooms.Remove(room);
        }
    }

    /// <summary>The sockets of a room, with an array of them that broadcasts share until the next change.</summary>
    private sealed class Room
    {
        // Most rooms have one or two members; a set for each would cost more than they do.
        private const int MostInArray = 4;

        private HashSet<Socket>? _members;
        private Socket[]? _snapshot = [];

        public Socket[] Snapshot => _snapshot ??= [.. _members!];

        public void Add(Socket socket)
        {
            if (_members is null && _snapshot!.Length < MostInArray)
            {
                _snapshot = [.. _snapshot, socket];
                return;
            }

            _members ??= [.. _snapshot!];
            _members.Add(socket);
            _snapshot = null;
        }

        public int Remove(Socket socket)
        {
            if (_members is null)
            {
                _snapshot = Array.FindAll(_snapshot!, s => s != socket);
                return _snapshot.Length;
            }

            _members.Remove(socket);
            _snapshot = null;
            return _members.Count;
        }
    }
}
