using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Retention;

/// <summary>Conversations in which nothing was said for long, each with somebody who is seated in it: its practitioner, where there is one.</summary>
public sealed class FindSilent(ColloqueDb db, RetentionSettings settings, TimeProvider time)
{
    /// <summary>Conversations of one look.</summary>
    public const int Most = 200;

    /// <summary>One query. No caller: the server's own work.</summary>
    public async Task<IReadOnlyList<SilentConversation>> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.ArchiveAfterDays == 0)
        {
            return [];
        }

        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select conversation_id "ConversationId", user_id "UserId", role "Role", tenant_id "TenantId"
              from conversations_silent({time.GetMoment()}, {TimeSpan.FromDays(settings.ArchiveAfterDays)}, {Most})
            """).ToListAsync(cancellationToken);
        return [.. rows.Select(static r => new SilentConversation(r.ConversationId, new(r.TenantId ?? Guid.Empty, r.UserId, Enum.Parse<Role>(r.Role), Guid.Empty)))];
    }

    private sealed record Row(Guid ConversationId, Guid UserId, string Role, Guid? TenantId);
}

/// <summary>A conversation, and as whom it can be spoken in.</summary>
public sealed record SilentConversation(Guid Id, Caller Seated);
