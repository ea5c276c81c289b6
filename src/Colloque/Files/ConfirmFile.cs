using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>A confirmed file's message.</summary>
/// <param name="Message">The same for every confirm of the same file.</param>
/// <param name="Created">True for the one call that made it.</param>
public sealed record ConfirmedFile(MessageView Message, bool Created);

/// <summary>
/// Checks an upload and shows it in a message. Three commits, in an order in which a crash between any two is completed by a repeat:
/// the bytes become immutable, then the file is confirmed (with the ids its message will have), then the message is appended. So
/// whoever hears of the message can download the file, and the append's client id makes a repeat find the first message.
/// </summary>
public sealed class ConfirmFile(Verbs verbs, EncryptedDisk disk, KeyRing keys, MessageLog log, TimeProvider time)
{
    /// <summary>Answers after the commit. Not to be run inside a unit of work: it makes its own, and holds no connection while it reads the file.</summary>
    /// <param name="caller">Who announced the file.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="fileId">From <see cref="PrepareFile"/>.</param>
    /// <param name="clientMsgId">The sender's id for the message, 1..128 characters; null for the file's own. That of the first confirm counts.</param>
    /// <param name="cancellationToken">Until the message is queued.</param>
    /// <exception cref="Refusal">
    /// 403 administrators; 422 <c>clientMsgId</c>; 404 not the caller's; 409 <c>upload_missing</c>; 422 <c>content_mismatch</c>, 409 closed or
    /// <c>client_msg_id_reused</c>, after which nothing is left of the upload; 503 (the same call may be repeated).
    /// </exception>
    public async Task<ConfirmedFile> RunAsync(Caller caller, Guid conversationId, Guid fileId, string? clientMsgId, CancellationToken cancellationToken)
    {
        caller.RequireClinical();
        var clientId = MessageText.ParseClientMsgId(clientMsgId, fileId);
        var file = await FindAsync(caller, conversationId, fileId, cancellationToken);
        var ring = await keys.OfConversationAsync(caller, conversationId, cancellationToken);
        if (file.Status == FileStatus.Confirmed)
        {
            return await RepeatAsync(caller, file, ring, cancellationToken);
        }

        var messageId = NewMessageId();
        if (!await CheckAsync(caller, file, ring, clientId, messageId, cancellationToken))
        {
            return await RepeatAsync(caller, await FindAsync(caller, conversationId, fileId, cancellationToken), ring, cancellationToken);
        }

        disk.RemoveIncoming(file.ObjectKey);
        return await AppendAsync(caller, await FindAsync(caller, conversationId, fileId, cancellationToken), ring, messageId, cancellationToken);
    }

    private Guid NewMessageId() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>Only its sender confirms a file.</summary>
    private async Task<StoredFile> FindAsync(Caller caller, Guid conversationId, Guid fileId, CancellationToken cancellationToken)
    {
        var file = await verbs.RunAsync<FileRows, StoredFile?>(caller, r => r.FindAsync(conversationId, fileId, cancellationToken), cancellationToken);
        return file is { } found && found.UploaderId == caller.UserId ? found : throw Refusal.NotFound();
    }

    /// <summary>False when another confirm of the same file was first.</summary>
    private async Task<bool> CheckAsync(
        Caller caller, StoredFile file, ConversationKeys ring, string clientId, Guid messageId, CancellationToken cancellationToken)
    {
        if (!await verbs.RunAsync<FileRows, bool>(caller, r => r.IsOpenAsync(file.ConversationId, cancellationToken), cancellationToken))
        {
            await DiscardAsync(caller, file, cancellationToken);
            throw ConversationRefusals.Closed();
        }

        if (!disk.Claim(file.ObjectKey))
        {
            throw FileRefusals.UploadMissing();
        }

        var label = FileLabel.Open(ring, file.Sealed, file.TenantId, file.ConversationId, file.Id, file.UploaderId);
        var sha256 = await ContentCheck.RunAsync(disk, StoredObject.Of(file, label), FileType.Of(file.MimeType)!, label.Sha256, cancellationToken);
        if (sha256 is null)
        {
            await DiscardAsync(caller, file, cancellationToken);
            throw FileRefusals.ContentMismatch();
        }

        var checkedLabel = (label with { Sha256 = sha256, ClientMsgId = clientId }).Seal(ring, file.TenantId, file.ConversationId, file.Id, file.UploaderId);
        return await verbs.RunAsync<FileRows, bool>(
            caller, r => r.ConfirmAsync(file, checkedLabel, messageId, time.GetMoment(), cancellationToken), cancellationToken);
    }

    /// <summary>The message as it stands, or, where a crash came before it, a new one.</summary>
    private async Task<ConfirmedFile> RepeatAsync(Caller caller, StoredFile file, ConversationKeys ring, CancellationToken cancellationToken)
    {
        try
        {
            return new(await log.OneAsync(caller, file.ConversationId, file.MessageId ?? Guid.Empty, cancellationToken), Created: false);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
        {
            // An id of its own tells whether this append or one under way beside it made the message.
            return await AppendAsync(caller, file, ring, NewMessageId(), cancellationToken);
        }
    }

    private async Task<ConfirmedFile> AppendAsync(Caller caller, StoredFile file, ConversationKeys ring, Guid messageId, CancellationToken cancellationToken)
    {
        var label = FileLabel.Open(ring, file.Sealed, file.TenantId, file.ConversationId, file.Id, file.UploaderId);
        var view = new FileView(file.Id, label.Name, file.MimeType, file.SizeBytes, label.Sha256);
        MessageView message;
        try
        {
            message = await log.AppendAsync(
                caller, file.ConversationId, new(messageId, label.ClientMsgId ?? file.Id.ToString(), MessageKind.File, Text: null, view), cancellationToken);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            await Task.Yield();
            await DiscardAsync(caller, file, cancellationToken);
            throw;
        }

        // The lane of the log continues here: its next round trip must not wait for what follows.
        await Task.Yield();
        if (file.MessageId != message.Id)
        {
            await verbs.RunAsync<FileRows, bool>(caller, r => r.ShowAsync(file.Id, message.Id, CancellationToken.None), CancellationToken.None);
        }

        return new(message, message.Id == messageId);
    }

    private async Task DiscardAsync(Caller caller, StoredFile file, CancellationToken cancellationToken)
    {
        await verbs.RunAsync<FileRows, bool>(caller, r => r.RemoveAsync(file.Id, cancellationToken), cancellationToken);
        disk.Remove(file.ObjectKey);
    }
}
