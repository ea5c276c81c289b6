namespace SocketIO.AspNetCore;

/// <summary>Why a connection or a socket ended, in socket.io's words.</summary>
public static class CloseReason
{
    /// <summary>The client closed the connection, or the network did.</summary>
    public const string TransportClose = "transport close";

    /// <summary>The client broke a rule of the transport.</summary>
    public const string TransportError = "transport error";

    /// <summary>The client did not answer a ping in time.</summary>
    public const string PingTimeout = "ping timeout";

    /// <summary>The client sent what is no packet.</summary>
    public const string ParseError = "parse error";

    /// <summary>The client did not read what was sent to it, and its queue reached its bound.</summary>
    public const string SlowReader = "slow reader";

    /// <summary>The server closed the connection.</summary>
    public const string ForcedClose = "forced close";

    /// <summary>The client joined no namespace in time.</summary>
    public const string ConnectTimeout = "connect timeout";

    /// <summary>The server stops.</summary>
    public const string ServerShuttingDown = "server shutting down";

    /// <summary>The client left the namespace.</summary>
    public const string ClientNamespaceDisconnect = "client namespace disconnect";

    /// <summary>The server disconnected the socket from the namespace.</summary>
    public const string ServerNamespaceDisconnect = "server namespace disconnect";
}
