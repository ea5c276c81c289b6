using Colloque.Accounts;
using Colloque.Audit;
using Colloque.Security;
using SocketIO.AspNetCore;

namespace Colloque.Server.Realtime;

/// <summary>
/// What the audit keeps of sockets: who joined a consultation (one row an hour) and what was refused. A message is its own record, and so
/// are its receipts; typing and presence leave none.
/// </summary>
internal sealed class SocketAudit(AuditTrail trail, RateLimits limits, TimeProvider time)
{
    private const string Resource = "consultation";

    /// <summary>Whoever joins may read.</summary>
    internal ValueTask JoinedAsync(Socket socket, Caller caller, Guid consultation) =>
        trail.RecordAsync(Entry(socket, caller) with { Action = AuditAction.Read, ResourceId = consultation, Clinical = true, Outcome = AuditOutcome.Ok, Once = true });

    /// <summary>Notes a refusal that says "not yours"; others are mistakes, not attempts.</summary>
    internal void Refused(Socket socket, Refusal refusal, AuditAction attempted)
    {
        if (refusal.Kind is not (RefusalKind.Unauthenticated or RefusalKind.Forbidden or RefusalKind.NotFound))
        {
            return;
        }

        var caller = (socket.State as SocketSession)?.Caller;
        var entry = Entry(socket, caller) with { Attempted = attempted, Clinical = caller is not null, Code = refusal.Code };
        if (caller is not null ? limits.TryTake(Limit.AuditRefusal, caller.UserId) : limits.TryTake(Limit.AuditRefusal, new Origin(entry.Ip, null).NetworkKey))
        {
            // An ack cannot wait; a queue that is full takes it later.
            _ = trail.RecordAsync(entry).AsTask();
        }
    }

    private AuditEntry Entry(Socket socket, Caller? caller)
    {
        var now = time.GetUtcNow();
        var origin = new Origin(socket.Handshake.RemoteAddress, socket.Handshake.Header("User-Agent"));
        return new()
        {
            Id = Guid.CreateVersion7(now),
            TenantId = caller?.Tenant,
            At = now,
            ActorId = caller?.UserId,
            ActorRole = caller?.Role,
            Action = AuditAction.Refused,
            Resource = Resource,
            Ip = origin.Address,
            UserAgent = origin.UserAgent,
            Outcome = AuditOutcome.Refused,
            SignInId = caller?.SignInId,
        };
    }
}
