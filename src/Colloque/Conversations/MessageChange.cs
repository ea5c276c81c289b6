using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>What edit, delete and react share: the message, the conversation's lock, and the next change number.</summary>
public sealed class MessageChange(ColloqueDb db, MessageLog log, UnitOfWork work, CallerScope scope)
{
    /// <summary>Whose change it is.</summary>
    public Caller Caller => scope.Required.RequireClinical();

    /// <summary>Locks the conversation, then shows the message as it is under that lock.</summary>
    /// <exception cref="Refusal">404; 409 closed.</exception>
    public async Task<(MessageView Message, long Change)> BeginAsync(Guid conversationId, Guid messageId, CancellationToken cancellationToken)
    {
        var change = await db.Database.SqlQuery<long>(
            $"update conversations set last_change = last_change + 1 where id = {conversationId} and status = 'Open' returning last_change as \"Value\"")
            .ToListAsync(cancellationToken);
        var message = await log.OneAsync(Caller, conversationId, messageId, cancellationToken);
        return change.Count == 1 ? (message, change[0]) : throw ConversationRefusals.Closed();
    }

    /// <summary>Hands the changed message to those in the conversation, after the commit.</summary>
    public MessageView Done(MessageView changed)
    {
        work.Announce(new MessageChanged(changed));
        return changed;
    }
}
