using Colloque.Files;
using Colloque.Records;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Takes one's own message back, within 15 minutes: a tombstone stays, its content, its versions and its files go.</summary>
public sealed class DeleteMessage(MessageChange change, ColloqueDb db, FileRows files, RecordReports reports, TimeProvider time)
{
    /// <exception cref="Refusal">403 another's; 404; 409 over the window, deleted already, closed, a record's report.</exception>
    public async Task<MessageView> RunAsync(Guid conversationId, Guid messageId, CancellationToken cancellationToken)
    {
        var (message, number) = await change.BeginAsync(conversationId, messageId, cancellationToken);
        var now = time.GetMoment();
        if (message.SenderId != change.Caller.UserId)
        {
            throw ConversationRefusals.NotYours();
        }

        if (message.DeletedAt is not null)
        {
            throw ConversationRefusals.Deleted();
        }

        if (now - message.CreatedAt > EditMessage.Window)
        {
            throw ConversationRefusals.EditWindowOver();
        }

        if (message.Kind == MessageKind.System)
        {
            throw ConversationRefusals.NotText();
        }

        if (await reports.NameAsync(conversationId, message.Files, cancellationToken))
        {
            throw ConversationRefusals.IsReport();
        }

        // Their rows with names, hashes and keys go with this commit, their bytes after it.
        await files.RemoveOfMessageAsync(messageId, cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from message_versions where message_id = {messageId}", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"update messages set body = null, details = null, pinned_at = null, pinned_by = null, deleted_at = {now}, change = {number} where id = {messageId}", cancellationToken);
        return change.Done(message with { Text = null, Files = [], Intent = null, PinnedAt = null, PinnedBy = null, DeletedAt = now, Change = number, Reactions = [] });
    }
}
