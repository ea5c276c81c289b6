using Colloque.Audit;
using Colloque.Security;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace Colloque.Server.Realtime;

/// <summary>Sockets of every namespace are authenticated in CONNECT, and end with their token or their sign-in.</summary>
internal sealed class SignedSockets
{
    private readonly List<Namespace> all = [];
    private readonly TokenVerifier verifier;
    private readonly RateLimits limits;
    private readonly SocketAudit audit;
    private readonly TimeProvider time;

    public SignedSockets(TokenVerifier verifier, SignInWatch watch, RateLimits limits, SocketAudit audit, TimeProvider time)
    {
        (this.verifier, this.limits, this.audit, this.time) = (verifier, limits, audit, time);
        // Rare, so it looks through the sockets: a room for each sign-in would cost every idle one half a kilobyte.
        watch.Revoked += (_, ended) => EndWhere(s => s.Caller.SignInId == ended.SignInId, "session_revoked");
    }

    /// <summary>Makes a namespace of the server one whose sockets are somebody's; its contract adds <c>session.renew</c>. Before the server starts.</summary>
    internal Namespace Map(SocketIOServer server, string name)
    {
        var sockets = server.Of(name).Use(AuthenticateAsync);
        all.Add(sockets);
        return sockets;
    }

    /// <summary>The session of a connected socket.</summary>
    internal static SocketSession Of(Socket socket) => socket.State as SocketSession ?? throw Refusal.Unauthenticated();

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

    /// <summary>Handles <c>session.renew</c>.</summary>
    internal async ValueTask<RenewAck> RenewAsync(Socket socket, RenewInput input, CancellationToken cancellationToken)
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

    /// <summary>The sockets of one person in a namespace.</summary>
    internal static IEnumerable<(Socket Socket, SocketSession Session)> Of(Namespace sockets, Guid person)
    {
        foreach (var socket in sockets.Sockets)
        {
            if (socket.State is SocketSession session && session.Caller.UserId == person)
            {
                yield return (socket, session);
            }
        }
    }

    private void EndWhere(Func<SocketSession, bool> ends, string code)
    {
        foreach (var sockets in all)
        {
            foreach (var socket in sockets.Sockets)
            {
                if (socket.State is SocketSession session && ends(session))
                {
                    End(sockets.In(socket.Id), code);
                }
            }
        }
    }

    private static void End(Broadcast these, string code)
    {
        these.Emit("session.expired", new(code), SocketJson.Default.SessionExpired);
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

            socket.State = new SocketSession(verified.Caller, verified.ExpiresAt);
            socket.Handshake.ForgetAuth();
        }
        catch (Refusal refusal)
        {
            audit.Refused(socket, refusal, AuditAction.Login);
            throw new ConnectRefusedException(refusal.Code, $$"""{"code":"{{refusal.Code}}"}""");
        }
    }

    private static string Token(Socket socket) =>
        socket.Handshake.Auth.ValueKind == System.Text.Json.JsonValueKind.Object
        && socket.Handshake.Auth.TryGetProperty("token", out var token)
        && token.ValueKind == System.Text.Json.JsonValueKind.String
            ? token.GetString()!
            : throw Refusal.Unauthenticated();
}
