using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore;

/// <summary>Settings of one Socket.IO endpoint.</summary>
public sealed class SocketIOOptions : EngineIOOptions
{
    /// <summary>Time a client has to join a namespace before its connection ends. Default 45 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromMilliseconds(45_000);

    /// <summary>Lets clients that lost their connection find their id, rooms, data and missed packets again. Null (the default): off.</summary>
    public ConnectionStateRecoveryOptions? ConnectionStateRecovery { get; set; }

    /// <summary>Makes the adapter of each namespace. Default: <see cref="InMemoryAdapter"/>.</summary>
    public Func<Namespace, Adapter> AdapterFactory { get; set; } = static ns => new InMemoryAdapter(ns);

    /// <summary>
    /// Handlers that one connection may have running at once. They start in the order of their events and are not
    /// waited for; beyond this, nothing more is read from that connection. Those
    /// that wait for an ack of their client do not count. Default 64.
    /// </summary>
    public int MaxHandlersInFlight { get; set; } = 64;

    /// <summary>Namespaces one connection may be in, those being joined included. Default 16.</summary>
    public int MaxNamespacesPerConnection { get; set; } = 16;

    /// <summary>Rooms one socket may be in. Default 1,000.</summary>
    public int MaxRoomsPerSocket { get; set; } = 1_000;

    /// <summary>Acks one socket may owe the server at once. Default 1,000.</summary>
    public int MaxPendingAcks { get; set; } = 1_000;

    /// <summary>Binary attachments of one packet. Default 10, as in socket.io.</summary>
    public int MaxAttachments { get; set; } = 10;

    /// <summary>Bytes of a binary packet, attachments included. Null (the default): <see cref="EngineIOOptions.MaxHttpBufferSize"/>.</summary>
    public int? MaxBinaryPacketBytes { get; set; }

    /// <summary>Time from a binary packet's text to its last attachment; the connection ends when it is exceeded. Default 10 s.</summary>
    public TimeSpan AttachmentTimeout { get; set; } = TimeSpan.FromMilliseconds(10_000);

    /// <summary>Arguments of one event or ack. Default 256.</summary>
    public int MaxArguments { get; set; } = 256;

    /// <summary>Nesting of a packet's JSON. Default 64.</summary>
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>Bytes of a CONNECT packet's payload, which is kept as long as its socket. Default 16 KiB.</summary>
    public int MaxAuthBytes { get; set; } = 16 * 1024;

    /// <summary>Bytes of a namespace's name. Default 256.</summary>
    public int MaxNamespaceLength { get; set; } = 256;

    internal PacketLimits Limits => new(MaxAttachments, MaxArguments, MaxJsonDepth, MaxNamespaceLength, MaxAuthBytes);

    internal int BinaryPacketBytes => MaxBinaryPacketBytes ?? MaxHttpBufferSize;

    internal override void Validate()
    {
        base.Validate();
        Require(ConnectTimeout > TimeSpan.Zero && AttachmentTimeout > TimeSpan.Zero, "Time-outs must be positive.");
        Require(MaxHandlersInFlight > 0 && MaxNamespacesPerConnection > 0 && MaxPendingAcks > 0, "Bounds must be positive.");
        Require(MaxRoomsPerSocket > 0 && MaxArguments > 0 && MaxJsonDepth > 0 && MaxAttachments >= 0, "Bounds must be positive.");
        Require(MaxAuthBytes > 1 && MaxNamespaceLength > 0 && BinaryPacketBytes > 0, "Bounds must be positive.");
        ConnectionStateRecovery?.Validate();
    }
}

/// <summary>Settings of connection-state recovery. All that is kept for those who may return is bounded.</summary>
public sealed class ConnectionStateRecoveryOptions
{
    /// <summary>Time a lost connection may take to return. Default 2 min.</summary>
    public TimeSpan MaxDisconnectionDuration { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether a recovered socket passes by the middlewares: what they checked is then as old as the first connection. Default true.</summary>
    public bool SkipMiddlewares { get; set; } = true;

    /// <summary>Packets of a namespace kept for replay; the oldest go first. Default 10,000.</summary>
    public int MaxPackets { get; set; } = 10_000;

    /// <summary>Bytes of packets of a namespace kept for replay; the oldest go first. Default 16 MiB.</summary>
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Lost sockets of a namespace that are remembered; the oldest go first. Default 10,000.</summary>
    public int MaxSessions { get; set; } = 10_000;

    internal void Validate()
    {
        if (MaxDisconnectionDuration <= TimeSpan.Zero || MaxPackets < 1 || MaxBytes < 1 || MaxSessions < 1)
        {
            throw new InvalidOperationException("Bounds of connection-state recovery must be positive.");
        }
    }
}
