using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.TestHost;

/// <summary>What the protocol's own suite expects of a namespace.</summary>
internal static class ProtocolContract
{
    public static void Add(Namespace ns) => ns
        .OnConnect((socket, _) =>
        {
            socket.Emit("auth", EventArguments.OfJson(socket.Handshake.AuthJson.Span));
            return ValueTask.CompletedTask;
        })
        .On("message", (e, _) =>
        {
            e.Socket.Emit("message-back", e.Arguments);
            return ValueTask.CompletedTask;
        })
        .On("message-with-ack", (e, _) =>
        {
            e.Ack(e.Arguments);
            return ValueTask.CompletedTask;
        });
}
