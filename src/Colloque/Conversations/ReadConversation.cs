using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Marks all of a conversation as read.</summary>
public sealed class ReadConversation(Verbs verbs, MessageLog log)
{
    /// <summary>Not to be run inside a unit of work: the mark goes the way of all marks.</summary>
    /// <returns>How many messages of others had not been read, at most <see cref="ConversationView.MaxUnread"/>.</returns>
    /// <exception cref="Refusal">403 administrators; 404 no seat; 503.</exception>
    public async Task<int> RunAsync(Caller caller, Guid conversationId, CancellationToken cancellationToken)
    {
        var (unread, newest) = await verbs.RunAsync(caller, (UnreadMessages rows) => rows.RunAsync(conversationId, cancellationToken), cancellationToken);
        if (newest is { } message)
        {
            await log.AdvanceAsync(caller, conversationId, message, ReceiptKind.Read);
        }

        return unread;
    }
}

/// <summary>What of a conversation the caller has not read.</summary>
public sealed class UnreadMessages(ColloqueDb db, CallerScope scope)
{
    /// <returns>How many, at most <see cref="ConversationView.MaxUnread"/>, and the newest of others' messages, if it is among them.</returns>
    /// <exception cref="Refusal">403 administrators; 404 no seat.</exception>
    public async Task<(int Count, Guid? Newest)> RunAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var rows = await db.Database.SqlQuery<Unread>(
            $"""
            select (select count(*)::integer from (select 1 from messages m where m.conversation_id = v.id and m.seq > r.seq and m.sender_id <> current_user_id() and (m.seq = any (v.unsaid)) is not true limit {ConversationView.MaxUnread}) z) "Count",
                (select m.id from messages m where m.conversation_id = v.id and m.seq > r.seq and m.sender_id <> current_user_id() order by m.seq desc limit 1) "Newest"
              from conversations v
                cross join lateral (select coalesce(max(seq), 0) seq from receipts where conversation_id = v.id and user_id = current_user_id() and kind = 'r') r
              where v.id = {conversationId}
            """).ToListAsync(cancellationToken);
        return rows is [var one] ? (one.Count, one.Newest) : throw Refusal.NotFound();
    }

    private sealed record Unread(int Count, Guid? Newest);
}
