namespace SocketIO.AspNetCore;

/// <summary>Whom a broadcast reaches: the sockets of any of the rooms (all sockets, if none is named) that are in none of the excepted rooms.</summary>
/// <param name="Rooms">Rooms. Each socket's id is a room that has it alone.</param>
/// <param name="Except">Rooms whose sockets are left out.</param>
/// <param name="IsVolatile">Whether the packet may be lost by a client that does not keep up.</param>
/// <param name="IsLocal">Whether only sockets of this node are meant.</param>
public sealed record BroadcastFilter(
    IReadOnlyList<string> Rooms, IReadOnlyList<string> Except, bool IsVolatile = false, bool IsLocal = false)
{
    /// <summary>All sockets of the namespace.</summary>
    public static BroadcastFilter Everyone { get; } = new([], []);
}

/// <summary>What one node tells of a socket to another.</summary>
/// <param name="Id">The socket's id.</param>
/// <param name="Rooms">Its rooms, its own id included.</param>
/// <param name="DataJson">Its <see cref="Socket.Data"/>, a JSON object in UTF-8.</param>
public sealed record RemoteSocket(string Id, IReadOnlyCollection<string> Rooms, ReadOnlyMemory<byte> DataJson);

/// <summary>
/// Knows who is in which room of one namespace, and fans packets out: the only part that does. For several nodes, derive
/// from <see cref="InMemoryAdapter"/> and carry <see cref="Broadcast"/> and the verbs on filters to the other nodes as well.
/// All members are thread-safe.
/// </summary>
public abstract class Adapter(Namespace ns)
{
    /// <summary>The namespace this adapter serves.</summary>
    public Namespace Namespace { get; } = ns;

    /// <summary>The name of the next packet that recovering clients may ask for; null if nothing is kept for replay.</summary>
    public virtual string? NextOffset() => null;

    /// <summary>Sends a packet to the sockets a filter names.</summary>
    public abstract void Broadcast(EncodedPacket packet, BroadcastFilter filter);

    /// <summary>A socket connected. <paramref name="welcome"/> sends what it must get before any broadcast.</summary>
    public abstract void Add(Socket socket, Action welcome);

    /// <summary>A socket disconnected: it leaves all rooms.</summary>
    public abstract void Remove(Socket socket);

    /// <summary>Puts a socket into a room. False if it is disconnected, or in too many rooms.</summary>
    public abstract bool Join(Socket socket, string room);

    /// <summary>Takes a socket out of a room.</summary>
    public abstract void Leave(Socket socket, string room);

    /// <summary>The rooms of a socket, its own id included.</summary>
    public abstract IReadOnlyCollection<string> RoomsOf(Socket socket);

    /// <summary>The sockets of this node that a filter names.</summary>
    public abstract IReadOnlyCollection<Socket> LocalSockets(BroadcastFilter filter);

    /// <summary>Keeps a lost socket for its return.</summary>
    public virtual void Save(Socket socket)
    {
    }

    /// <summary>Finds a lost socket by its private id, and forgets it: it returns once only. Null if it is unknown or too old.</summary>
    public virtual LostSocket? Take(string privateId, string offset) => null;

    /// <summary>
    /// Adds a socket that returned: welcomes it, puts it into its rooms and replays what it missed since its offset,
    /// without a gap and without a double. False if part of that is no longer known.
    /// </summary>
    public virtual bool TryRestore(Socket socket, LostSocket lost, Action welcome) => false;

    /// <summary>The sockets a filter names, on all nodes.</summary>
    public virtual ValueTask<IReadOnlyList<RemoteSocket>> FetchSocketsAsync(BroadcastFilter filter, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RemoteSocket>>(
            [.. LocalSockets(filter).Select(s => new RemoteSocket(s.Id, RoomsOf(s), s.Data.ToJson()))]);

    /// <summary>Puts the sockets a filter names, on all nodes, into rooms.</summary>
    public virtual ValueTask JoinAsync(BroadcastFilter filter, IReadOnlyList<string> rooms, CancellationToken cancellationToken)
    {
        foreach (var socket in LocalSockets(filter))
        {
            foreach (var room in rooms)
            {
                Join(socket, room);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Takes the sockets a filter names, on all nodes, out of rooms.</summary>
    public virtual ValueTask LeaveAsync(BroadcastFilter filter, IReadOnlyList<string> rooms, CancellationToken cancellationToken)
    {
        foreach (var socket in LocalSockets(filter))
        {
            foreach (var room in rooms)
            {
                Leave(socket, room);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Disconnects the sockets a filter names, on all nodes.</summary>
    public virtual ValueTask DisconnectAsync(BroadcastFilter filter, bool close, CancellationToken cancellationToken)
    {
        foreach (var socket in LocalSockets(filter))
        {
            socket.Disconnect(close);
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>A socket that lost its connection and may return.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PrivateId">The secret it returns with.</param>
/// <param name="Rooms">The rooms it was in, without its own id.</param>
/// <param name="Data">Its <see cref="Socket.Data"/>.</param>
/// <param name="State">Its <see cref="Socket.State"/>; lost when it returns on another node.</param>
/// <param name="Offset">The last packet the client saw; empty until it returns.</param>
public sealed record LostSocket(string Id, string PrivateId, IReadOnlyList<string> Rooms, SocketData Data, object? State, string Offset);
