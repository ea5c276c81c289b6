using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.TestHost;

/// <summary>What the protocol's own suite expects of a namespace.</summary>
internal static class ProtocolContract
{
    // The suite listens for one frame at a time: a second one in the same TCP segment would come before it listens again.
    private static readonly TimeSpan _breath = TimeSpan.FromMilliseconds(5);

    public static void Add(Namespace ns) => ns
        .OnConnect(async (socket, ct) =>
        {
            await Task.Delay(_breath, TimeProvider.System, ct);
            socket.Emit("auth", EventArguments.OfJson(socket.Handshake.AuthJson.Span));
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
