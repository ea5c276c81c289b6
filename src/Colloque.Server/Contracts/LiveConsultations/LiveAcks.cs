using Colloque.Server.Http;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>The socket mapper of refusals: every no of every event leaves here.</summary>
internal static class LiveAcks
{
    /// <summary>The ack of an exception; null for one that is nobody's business (it is logged).</summary>
    internal static EventArguments? Of(Socket socket, string name, Exception e) => e switch
    {
        Refusal refusal => Refuse(socket, refusal),
        OperationCanceledException => null,
        _ => Ack(socket, "internal", RefusalKind.Unavailable, null),
    };

    internal static EventArguments Refuse(Socket socket, Refusal refusal) => Ack(socket, refusal.Code, refusal.Kind, refusal.Field);

    private static EventArguments Ack(Socket socket, string code, RefusalKind kind, string? field) =>
        EventArguments.Of(
            new RefusedAck(false, new(code, Sentences.Of(code, kind, Sentences.Language(socket.Handshake.Header("Accept-Language"))), field)), LiveEventJson.Default.RefusedAck);
}
