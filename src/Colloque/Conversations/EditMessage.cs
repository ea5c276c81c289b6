using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Says one's own message anew, within 15 minutes; what it said before is kept, sealed.</summary>
public sealed class EditMessage(MessageChange change, ColloqueDb db, KeyRing keys, TimeProvider time)
{
    /// <summary>How long after sending.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <exception cref="Refusal">422 <c>text</c>; 403 another's; 404; 409 over the window, deleted, a file, closed.</exception>
    public async Task<MessageView> RunAsync(Guid conversationId, Guid messageId, string? text, CancellationToken cancellationToken)
    {
        var words = MessageText.Parse(text);
        var (message, number) = await change.BeginAsync(conversationId, messageId, cancellationToken);
        var caller = change.Caller;
        var now = time.GetMoment();
        Check(message, caller, now);
        var ring = await keys.OfConversationAsync(db, conversationId, cancellationToken);
        var version = message.Version + 1;
        var body = ContentCipher.Seal(ring.Current, words, new("messages.body", ring.TenantId, conversationId, messageId, caller.UserId, version));
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into message_versions (message_id, version, tenant_id, conversation_id, body, replaced_at)
              select id, version, tenant_id, conversation_id, body, {now} from messages where id = {messageId};
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"update messages set body = {body}, version = {version}, edited_at = {now}, change = {number} where id = {messageId}", cancellationToken);
        return change.Done(message with { Text = words, Version = version, EditedAt = now, Change = number });
    }

    private static void Check(MessageView message, Caller caller, DateTimeOffset now)
    {
        if (message.SenderId != caller.UserId)
        {
            throw ConversationRefusals.NotYours();
        }

        if (message.DeletedAt is not null)
        {
            throw ConversationRefusals.Deleted();
        }

        if (message.Kind != MessageKind.Text)
        {
            throw ConversationRefusals.NotText();
        }

        if (now - message.CreatedAt > Window)
        {
            throw ConversationRefusals.EditWindowOver();
        }
    }
}
