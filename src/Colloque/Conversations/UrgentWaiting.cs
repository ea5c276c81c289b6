using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>The urgent messages of a conversation that nobody has seen to yet.</summary>
public sealed class ReadUrgent(Verbs verbs, MessageLog log)
{
    /// <summary>The oldest first, as they wait longest. Not to be run inside a unit of work: one query, and one a message of those that wait, which is rarely any.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<IReadOnlyList<MessageView>> RunAsync(Caller caller, Guid conversationId, CancellationToken cancellationToken)
    {
        var waiting = new List<MessageView>();
        foreach (var seq in await verbs.RunAsync(caller, (UrgentWaiting verb) => verb.RunAsync(conversationId, cancellationToken), cancellationToken))
        {
            waiting.AddRange((await log.AfterAsync(caller, conversationId, seq - 1, 1, cancellationToken)).Messages);
        }

        return waiting;
    }
}

/// <summary>Where in a conversation the urgent messages are that nobody has seen to yet.</summary>
public sealed class UrgentWaiting(ColloqueDb db, CallerScope scope)
{
    /// <summary>As many are named; whoever sees to one of them hears of the next.</summary>
    public const int Most = 10;

    /// <summary>Their numbers, those of others than the caller, who cannot see to their own. None to whom the conversation is not open.</summary>
    public async Task<IReadOnlyList<long>> RunAsync(Guid conversationId, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<long>(
            $"""
            select u.seq "Value" from urgent_messages u join messages m on m.id = u.message_id and m.deleted_at is null
              where u.conversation_id = {conversationId} and u.acknowledged_at is null and m.sender_id <> {scope.Required.UserId} order by u.seq limit {Most}
            """).ToListAsync(cancellationToken);
}
