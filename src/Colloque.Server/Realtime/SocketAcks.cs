using Colloque.Server.Http;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace Colloque.Server.Realtime;

/// <summary>The socket mapper of refusals: every no of every event leaves here.</summary>
internal static class SocketAcks
{
    /// <summary>The ack of an exception; null for one that is nobody's business (it is logged).</summary>
    internal static EventArguments? Of(Socket socket, string name, Exception e) => e switch
    {
        Refusal refusal => Refuse(socket, refusal),
        OperationCanceledException => null,
        _ => Ack(socket, "internal", RefusalKind.Unavailable, null),
    };

    internal static EventArguments Refuse(Socket socket, Refusal refusal) => Ack(socket, refusal.Code, refusal.Kind, refusal.Field);

    /// <summary>What an exception says to the one whose event it was; null for one that is nobody's business.</summary>
    internal static AckError? ErrorOf(Socket socket, Exception e) => e switch
    {
        Refusal refusal => Error(socket, refusal.Code, refusal.Kind, refusal.Field),
        OperationCanceledException => null,
        _ => Error(socket, "internal", RefusalKind.Unavailable, null),
    };

    private static EventArguments Ack(Socket socket, string code, RefusalKind kind, string? field) =>
        EventArguments.Of(new RefusedAck(false, Error(socket, code, kind, field)), SocketJson.Default.RefusedAck);

    private static AckError Error(Socket socket, string code, RefusalKind kind, string? field) =>
        new(code, Sentences.Of(code, kind, Sentences.Language(socket.Handshake.Header("Accept-Language"))), field);
}
