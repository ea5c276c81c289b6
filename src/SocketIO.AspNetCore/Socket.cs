using System.Text.Json.Serialization.Metadata;
using SocketIO.AspNetCore.Engine;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore;

/// <summary>A client in a namespace. Thread-safe; what one thread sends arrives in that order.</summary>
public sealed class Socket
{
    private readonly Connection _connection;
    private AckTable? _acks;
    private CancellationTokenSource? _closed;
    private int _isClosed;
    private volatile SocketPhase _phase;

    internal Socket(Connection connection, Namespace ns, Handshake handshake, LostSocket? lost)
    {
        _connection = connection;
        Namespace = ns;
        Handshake = handshake;
        Id = lost?.Id ?? EngineSessionStore.CreateId();
        PrivateId = lost?.PrivateId ?? (ns.Server.Options.ConnectionStateRecovery is null ? null : EngineSessionStore.CreateId());
        Data = lost?.Data ?? new SocketData();
        State = lost?.State;
        IsRecovered = lost is not null;
    }

    /// <summary>The socket's id, made of 144 random bits; another one than its connection's.</summary>
    public string Id { get; private set; }

    /// <summary>The namespace the socket is in.</summary>
    public Namespace Namespace { get; }

    /// <summary>What the client said when it connected.</summary>
    public Handshake Handshake { get; }

    /// <summary>Whatever the application wants to find again on this socket, such as who it is. Survives recovery on the same node.</summary>
    public object? State { get; set; }

    /// <summary>JSON properties that survive recovery and are seen by other nodes.</summary>
    public SocketData Data { get; private set; }

    /// <summary>Whether this socket returned with its id, rooms and data after a lost connection.</summary>
    public bool IsRecovered { get; private set; }

    /// <summary><c>websocket</c> or <c>polling</c>, as of now.</summary>
    public string Transport => _connection.Session.Transport;

    /// <summary>Whether the client is still in the namespace.</summary>
    public bool IsConnected => !IsClosed;

    /// <summary>The socket's rooms, its own id included.</summary>
    public IReadOnlyCollection<string> Rooms => Namespace.Adapter.RoomsOf(this);

    /// <summary>Canceled when the socket is disconnected.</summary>
    public CancellationToken Disconnected
    {
        get
        {
            if (_closed is null)
            {
                Interlocked.CompareExchange(ref _closed, new CancellationTokenSource(), null);
                if (IsClosed)
                {
                    _closed.Cancel();
                }
            }

            return _closed.Token;
        }
    }

    /// <summary>The same socket, for packets that may be lost if the client does not keep up.</summary>
    public Broadcast Volatile => new Broadcast(Namespace, new BroadcastFilter([Id], [], IsVolatile: true));

    internal string? PrivateId { get; private set; }

    /// <summary>How far it has come; written under its connection's lock.</summary>
    internal SocketPhase Phase
    {
        get => _phase;
        set => _phase = value;
    }

    /// <summary>Events that wait for the connect handlers; under its connection's lock.</summary>
    internal Queue<DeferredEvent>? Deferred { get; set; }

    /// <summary>Why it was closed, once it is; under its connection's lock.</summary>
    internal string? CloseReason { get; set; }

    /// <summary>The rooms it is in; its adapter's.</summary>
    internal HashSet<string>? JoinedRooms { get; set; }

    internal bool IsClosed => System.Threading.Volatile.Read(ref _isClosed) != 0;

    internal bool IsWritable => _connection.Session.IsWritable;

    /// <summary>Enters a room. False if the socket is disconnected, is in too many rooms, or the room is another socket's id.</summary>
    public bool Join(string room) => Namespace.Adapter.Join(this, room);

    /// <summary>Leaves a room.</summary>
    public void Leave(string room) => Namespace.Adapter.Leave(this, room);

    /// <summary>A broadcast to a room, without this socket.</summary>
    public Broadcast To(string room) => Others.To(room);

    /// <summary>A broadcast to everyone but a room and this socket.</summary>
    public Broadcast Except(string room) => Others.Except(room);

    /// <summary>A broadcast to all other sockets of the namespace.</summary>
    public Broadcast Others => new(Namespace, new BroadcastFilter([], [Id]));

    /// <summary>Sends an event without arguments.</summary>
    public void Emit(string name) => Emit(name, EventArguments.Empty);

    /// <summary>Sends an event.</summary>
    public void Emit(string name, EventArguments arguments) =>
        Emit(EncodedPacket.Event(Namespace.Prefix, Packet.NoId, name, arguments, NextOffset()));

    /// <summary>Sends an event with one argument.</summary>
    public void Emit<T>(string name, T value, JsonTypeInfo<T> typeInfo) =>
        Emit(EncodedPacket.Event(Namespace.Prefix, name, value, typeInfo, NextOffset()));

    /// <summary>Sends an event whose arguments are UTF-8 JSON already, joined by commas. Not checked.</summary>
    public void EmitJson(string name, ReadOnlySpan<byte> utf8Json) =>
        Emit(EncodedPacket.EventJson(Namespace.Prefix, name, utf8Json, NextOffset()));

    /// <summary>Sends an event and waits for the client's ack.</summary>
    /// <exception cref="TimeoutException">No ack came in time.</exception>
    /// <exception cref="SocketDisconnectedException">The socket was disconnected.</exception>
    /// <exception cref="TooManyAcksException">The client owes too many acks already.</exception>
    public async Task<EventArguments> EmitWithAckAsync(
        string name, EventArguments arguments, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var acks = Acks;
        if (!acks.TryOpen(out var id, out var ack))
        {
            throw IsClosed ? new SocketDisconnectedException() : new TooManyAcksException();
        }

        _connection.BeginWaitForClient();
        try
        {
            Send(EncodedPacket.Event(Namespace.Prefix, id, name, arguments, null));
            return await ack.WaitAsync(timeout, Namespace.Server.Options.TimeProvider, cancellationToken);
        }
        finally
        {
            acks.Abandon(id);
            _connection.EndWaitForClient();
        }
    }

    /// <summary>Takes the socket out of the namespace; or, if <paramref name="close"/>, ends its whole connection.</summary>
    public void Disconnect(bool close = false)
    {
        if (close)
        {
            _connection.Close();
        }
        else
        {
            _connection.Leave(this);
        }
    }

    /// <summary>Closes the connection as if the network had failed: the client will try to come back.</summary>
    public void DropTransport() => _connection.Session.Close(AspNetCore.CloseReason.TransportClose);

    internal void Send(EncodedPacket packet)
    {
        if (!IsClosed)
        {
            packet.SendTo(_connection.Session);
        }
    }


    /// <summary>Who waits for this ack; null for one that is late, repeated or invented.</summary>
    internal TaskCompletionSource<EventArguments>? TakeAck(long id) => System.Threading.Volatile.Read(ref _acks)?.Take(id);

    /// <summary>The socket could not be restored after all: it becomes a new one.</summary>
    internal void BecomeNew()
    {
        Id = EngineSessionStore.CreateId();
        PrivateId = EngineSessionStore.CreateId();
        Data = new SocketData();
        State = null;
        IsRecovered = false;
    }

    /// <summary>Marks the socket disconnected. False if it was already.</summary>
    internal bool TryClose() => Interlocked.Exchange(ref _isClosed, 1) == 0;

    /// <summary>Lets go of those who wait for this socket.</summary>
    internal void Release()
    {
        System.Threading.Volatile.Read(ref _acks)?.Close(static () => new SocketDisconnectedException());
        _closed?.Cancel();
    }

    private AckTable Acks
    {
        get
        {
            if (System.Threading.Volatile.Read(ref _acks) is { } acks)
            {
                return acks;
            }

            acks = new AckTable(Namespace.Server.Options.MaxPendingAcks);
            acks = Interlocked.CompareExchange(ref _acks, acks, null) ?? acks;
            if (IsClosed)
            {
                acks.Close(static () => new SocketDisconnectedException());
            }

            return acks;
        }
    }

    private string? NextOffset() => PrivateId is null ? null : Namespace.Adapter.NextOffset();

    private void Emit(EncodedPacket packet)
    {
        if (packet.Offset is null)
        {
            Send(packet);
        }
        else
        {
            // Through the adapter, which keeps it in case the client is gone and returns.
            Namespace.Adapter.Broadcast(packet, new BroadcastFilter([Id], []));
        }
    }
}
