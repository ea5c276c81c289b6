using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Keeps a message at hand for everybody in the conversation, or lets it go.</summary>
public sealed class PinMessage(MessageChange change, ColloqueDb db, TimeProvider time)
{
    /// <summary>Pinned messages of one conversation.</summary>
    public const int MaxPins = 20;

    /// <summary>The message as it is then; pinning what is pinned changes nothing of when and by whom.</summary>
    /// <exception cref="Refusal">404; 409 deleted, closed, or 20 are pinned.</exception>
    public async Task<MessageView> RunAsync(Guid conversationId, Guid messageId, bool on, CancellationToken cancellationToken)
    {
        var (message, number) = await change.BeginAsync(conversationId, messageId, cancellationToken);
        if (message.DeletedAt is not null)
        {
            throw ConversationRefusals.Deleted();
        }

        if (on && message.PinnedAt is null)
        {
            var pins = await db.Database.SqlQuery<int>(
                $"select count(*)::integer as \"Value\" from messages where conversation_id = {conversationId} and pinned_at is not null").SingleAsync(cancellationToken);
            if (pins >= MaxPins)
            {
                throw ConversationRefusals.TooManyPins();
            }
        }

        DateTimeOffset? at = on ? message.PinnedAt ?? time.GetMoment() : null;
        Guid? by = on ? message.PinnedBy ?? change.Caller.UserId : null;
        await db.Database.ExecuteSqlAsync($"update messages set pinned_at = {at}, pinned_by = {by}, change = {number} where id = {messageId}", cancellationToken);
        return change.Done(message with { PinnedAt = at, PinnedBy = by, Change = number });
    }
}
