using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Marks a message, and so everything before it, as read: for contracts that name a message alone.</summary>
public sealed class ReadMessage(Verbs verbs, MessageLog log)
{
    /// <summary>Not to be run inside a unit of work: the mark goes the way of all marks.</summary>
    /// <returns>The conversation that it is in.</returns>
    /// <exception cref="Refusal">403 administrators; 404 no such message that the caller may read; 409 one's own message; 503.</exception>
    public async Task<Guid> RunAsync(Caller caller, Guid messageId, CancellationToken cancellationToken)
    {
        caller.RequireClinical();
        var conversation = await verbs.RunAsync(caller, (FindMessage rows) => rows.RunAsync(messageId, cancellationToken), cancellationToken);
        await log.AdvanceAsync(caller, conversation, messageId, ReceiptKind.Read);
        return conversation;
    }

    /// <summary>Marks it, and shows it as it is then.</summary>
    /// <exception cref="Refusal">As <see cref="RunAsync"/>.</exception>
    public async Task<MessageView> ShowAsync(Caller caller, Guid messageId, CancellationToken cancellationToken) =>
        await log.OneAsync(caller, await RunAsync(caller, messageId, cancellationToken), messageId, cancellationToken);
}

/// <summary>Where a message is.</summary>
public sealed class FindMessage(ColloqueDb db)
{
    /// <returns>Its conversation. One query, by its key.</returns>
    /// <exception cref="Refusal">404 no such message that the caller may read.</exception>
    public async Task<Guid> RunAsync(Guid messageId, CancellationToken cancellationToken)
    {
        var found = await db.Database.SqlQuery<Guid>($"select conversation_id as \"Value\" from messages where id = {messageId}").ToListAsync(cancellationToken);
        return found is [var one] ? one : throw Refusal.NotFound();
    }

    /// <returns>The caller's own message under an id of theirs in a conversation; null for none. One query.</returns>
    internal async Task<Guid?> SentAsync(Guid conversationId, string clientMsgId, CancellationToken cancellationToken)
    {
        var found = await db.Database.SqlQuery<Guid>(
            $"select id as \"Value\" from messages where sender_id = current_user_id() and client_msg_id = {clientMsgId} and conversation_id = {conversationId}").ToListAsync(cancellationToken);
        return found is [var one] ? one : null;
    }
}
