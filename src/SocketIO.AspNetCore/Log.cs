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

    [LoggerMessage(4, LogLevel.Error, "A handler of namespace {Namespace} failed on '{Event}' for socket {SocketId}.")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string @namespace, string @event, string socketId);

    [LoggerMessage(5, LogLevel.Debug, "Packet refused in the state of the connection: {Problem}.")]
    public static partial void PacketRefused(ILogger logger, string problem);
}
