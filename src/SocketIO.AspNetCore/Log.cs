using Microsoft.Extensions.Logging;

namespace SocketIO.AspNetCore;

/// <summary>Every log line of the library. Reasons, names of events and types of exceptions: never ids that grant, never content.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Session closed: {Reason}.")]
    public static partial void SessionClosed(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Debug, "Reading from a connection ended: {Exception}.")]
    public static partial void ReadFailed(ILogger logger, string exception);

    [LoggerMessage(3, LogLevel.Debug, "Writing to a connection ended: {Exception}.")]
    public static partial void WriteFailed(ILogger logger, string exception);

    // The exception's own message may quote what the client sent.
    [LoggerMessage(4, LogLevel.Error, "A handler of namespace {Namespace} failed on '{Event}' for socket {SocketId}: {Exception}\n{StackTrace}")]
    public static partial void HandlerFailed(
        ILogger logger, string @namespace, string @event, string socketId, string exception, string? stackTrace);

    [LoggerMessage(6, LogLevel.Debug, "Event '{Event}' of namespace {Namespace} refused, from socket {SocketId}.")]
    public static partial void EventRefused(ILogger logger, string @event, string @namespace, string socketId);

    [LoggerMessage(5, LogLevel.Debug, "Packet refused in the state of the connection: {Problem}.")]
    public static partial void PacketRefused(ILogger logger, string problem);
}
