using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>A practitioner says that an urgent message has been seen to: it climbs no further.</summary>
public sealed class AcknowledgeMessage(MessageChange change, ColloqueDb db, TimeProvider time)
{
    /// <summary>The message as it is then; who was first stays.</summary>
    /// <exception cref="Refusal">403 patients; 404; 409 not urgent, one's own, closed.</exception>
    public async Task<MessageView> RunAsync(Guid conversationId, Guid messageId, CancellationToken cancellationToken)
    {
        if (change.Caller.Role != Role.Practitioner)
        {
            throw Refusal.Forbidden();
        }

        var (message, number) = await change.BeginAsync(conversationId, messageId, cancellationToken);
        if (message.SenderId == change.Caller.UserId)
        {
            throw ConversationRefusals.OwnMessage();
        }

        if (!message.IsUrgent)
        {
            throw ConversationRefusals.NotUrgent();
        }

        if (message.AcknowledgedAt is not null)
        {
            return message;
        }

        var now = time.GetMoment();
        await db.Database.ExecuteSqlAsync($"update urgent_messages set acknowledged_at = {now} where message_id = {messageId}", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"update messages set acknowledged_at = {now}, acknowledged_by = {change.Caller.UserId}, change = {number} where id = {messageId}", cancellationToken);
        return change.Done(message with { AcknowledgedAt = now, AcknowledgedBy = change.Caller.UserId, Change = number });
    }
}
