using System.Net;
using Colloque.Security;

namespace Colloque.Audit;

/// <summary>Rows as they come back from the database, whoever may have changed them there.</summary>
internal static class AuditWords
{
    /// <summary>A row; null for one with words that this program does not write.</summary>
    internal static AuditEntry? Entry(
        Guid id, Guid? tenantId, DateTimeOffset at, Guid? actorId, string? actorRole, string action, string? attempted, string resource, Guid? resourceId,
        Guid? subjectId, bool clinical, IPAddress? ip, string? userAgent, string? requestId, string outcome, string? code, Guid? signInId)
    {
        if (!TryParse<AuditAction>(action, out var did) || did is null || !TryParse<AuditAction>(attempted, out var tried)
            || !TryParse<AuditOutcome>(outcome, out var ended) || ended is null || !TryParse<Role>(actorRole, out var role))
        {
            return null;
        }

        return new()
        {
            Id = id,
            TenantId = tenantId,
            At = at,
            ActorId = actorId,
            ActorRole = role,
            Action = did.Value,
            Attempted = tried,
            Resource = resource,
            ResourceId = resourceId,
            SubjectId = subjectId,
            Clinical = clinical,
            Ip = ip,
            UserAgent = userAgent,
            RequestId = requestId,
            Outcome = ended.Value,
            Code = code,
            SignInId = signInId,
        };
    }

    /// <summary>By its exact name: 1, create and Create are three texts, and one of them is ours.</summary>
    private static bool TryParse<T>(string? text, out T? value)
        where T : struct, Enum
    {
        value = text is not null && Enum.TryParse<T>(text, out var parsed) && parsed.ToString() == text ? parsed : null;
        return text is null || value is not null;
    }
}
