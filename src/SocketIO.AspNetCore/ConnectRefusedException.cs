namespace SocketIO.AspNetCore;

/// <summary>
/// Thrown by a middleware to keep a client out of a namespace. The client gets a CONNECT_ERROR with the message and the
/// data; its connection stays open, so that it can try again.
/// </summary>
/// <param name="message">What the client is told.</param>
/// <param name="dataJson">Further data, in JSON; null for none.</param>
public sealed class ConnectRefusedException(string message, string? dataJson = null) : Exception(message)
{
    /// <summary>Further data for the client, in JSON.</summary>
    public string? DataJson { get; } = dataJson;
}

/// <summary>The client owes as many acks as <see cref="SocketIOOptions.MaxPendingAcks"/> allows: it is not asked further.</summary>
public sealed class TooManyAcksException() : Exception("The client owes too many acks already.");

/// <summary>The socket was disconnected before the ack arrived.</summary>
public sealed class SocketDisconnectedException() : Exception("The socket was disconnected before the ack arrived.");
