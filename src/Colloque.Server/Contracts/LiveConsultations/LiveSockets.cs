using Colloque.Audit;
using Colloque.Security;
using Colloque.Server.Realtime;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Sockets are authenticated in CONNECT, and end with their token or their sign-in.</summary>
internal sealed class LiveSockets(TokenVerifier verifier, SignInWatch watch, RateLimits limits, LiveAudit audit, TimeProvider time)
{
    private Namespace sockets = null!;

    internal void Map(SocketIOServer server)
    {
        sockets = server.Of(LiveNamespace.Name)
            .Use(AuthenticateAsync)
            .On("session.renew", LiveEventJson.Default.RenewInput, LiveEventJson.Default.RenewAck, RenewAsync);
        // Rare, so it looks through the sockets: a room for each sign-in would cost every idle one half a kilobyte.
        watch.Revoked += (_, ended) => EndWhere(s => s.Caller.SignInId == ended.SignInId, "session_revoked");
    }

    /// <summary>The session of a connected socket.</summary>
    internal static LiveSession Of(Socket socket) => socket.State as LiveSession ?? throw Refusal.Unauthenticated();

    internal static ValueTask OnConnect(Socket socket, CancellationToken cancellationToken)
    {
        var session = Of(socket);
        socket.Join(Rooms.User(session.Caller.UserId));
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the sockets whose token has ended.</summary>
    internal void EndExpired()
    {
        var now = time.GetUtcNow();
        EndWhere(s => s.ExpiresAt <= now, "token_expired");
    }

    private void EndWhere(Func<LiveSession, bool> ends, string code)
    {
        foreach (var socket in sockets.Sockets)
        {
            if (socket.State is LiveSession session && ends(session))
            {
                End(sockets.In(socket.Id), code);
            }
        }
    }

    private static void End(Broadcast these, string code)
    {
        these.Emit("session.expired", new(code), LiveEventJson.Default.SessionExpired);
        _ = these.DisconnectSocketsAsync().AsTask();
    }

    private async ValueTask AuthenticateAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            limits.Take(Limit.SocketConnect, socket.Handshake.RemoteAddress?.ToString() ?? "");
            var verified = await verifier.VerifyAsync(Token(socket), cancellationToken);
            if (!verified.Whole.IsInVisit)
            {
                throw Refusal.Forbidden();
            }

            socket.State = new LiveSession(verified.Caller, verified.ExpiresAt);
            socket.Handshake.ForgetAuth();
        }
        catch (Refusal refusal)
        {
            audit.Refused(socket, refusal, AuditAction.Login);
            throw new ConnectRefusedException(refusal.Code, $$"""{"code":"{{refusal.Code}}"}""");
        }
    }

    private async ValueTask<RenewAck> RenewAsync(Socket socket, RenewInput input, CancellationToken cancellationToken)
    {
        var session = Of(socket);
        var verified = await verifier.VerifyAsync(input.Token ?? "", cancellationToken);
        // A renewal prolongs the same sign-in; another person connects anew.
        if (verified.Whole != session.Caller)
        {
            throw Refusal.Forbidden();
        }

        session.ExpiresAt = verified.ExpiresAt;
        return new(true, verified.ExpiresAt.UtcDateTime);
    }

    private static string Token(Socket socket) =>
        socket.Handshake.Auth.ValueKind == System.Text.Json.JsonValueKind.Object
        && socket.Handshake.Auth.TryGetProperty("token", out var token)
        && token.ValueKind == System.Text.Json.JsonValueKind.String
            ? token.GetString()!
            : throw Refusal.Unauthenticated();
}
