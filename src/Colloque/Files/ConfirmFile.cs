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
public sealed class ConfirmFile(Verbs verbs, ObjectStore store, ContentCheck content, KeyRing keys, MessageLog log, TimeProvider time)
{
    /// <summary>One file, as a message of its own.</summary>
    /// <param name="caller">Who announced the file.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="fileId">From <see cref="PrepareFile"/>.</param>
    /// <param name="clientMsgId">The sender's id for the message, 1..128 characters; null for the file's own. That of the first confirm counts.</param>
    /// <param name="cancellationToken">Until the message is queued.</param>
    /// <exception cref="Refusal">As the other.</exception>
    public Task<ConfirmedFile> RunAsync(Caller caller, Guid conversationId, Guid fileId, string? clientMsgId, CancellationToken cancellationToken) =>
        RunAsync(caller, conversationId, new MessageRequest(Text: null, clientMsgId) { FileIds = [fileId] }, cancellationToken);

    /// <summary>Answers after the commit. Not to be run inside a unit of work: it makes its own, and holds no connection while it reads the files.</summary>
    /// <param name="caller">Who announced the files.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="request">The message that shows them: 1..5 files.</param>
    /// <param name="cancellationToken">Until the message is queued.</param>
    /// <exception cref="Refusal">
    /// 403 administrators; 422 <c>clientMsgId</c>, <c>fileIds</c>, <c>text</c>; 404 not the caller's; 409 <c>upload_missing</c>, <c>file_sent_already</c>; 422 <c>content_mismatch</c>, <c>active_content</c>,
    /// <c>unpacks_too_large</c>, <c>too_many_pixels</c>, <c>infected</c>, 409 closed or <c>client_msg_id_reused</c>, after which nothing is left of the uploads; 503 (the same call may be repeated).
    /// </exception>
    public async Task<ConfirmedFile> RunAsync(Caller caller, Guid conversationId, MessageRequest request, CancellationToken cancellationToken)
    {
        caller.RequireClinical();
        if (request.FileIds.Count is 0 or > MessageRequest.MaxFiles || request.FileIds.Distinct().Count() < request.FileIds.Count)
        {
            throw Refusal.Invalid("fileIds");
        }

        var clientId = MessageText.ParseClientMsgId(request.ClientMsgId, request.FileIds[0]);
        // Its words are judged before a file is touched.
        _ = request.Text is null ? null : MessageText.Parse(request.Text);
        var ring = await keys.OfConversationAsync(caller, conversationId, cancellationToken);
        var files = await FindAsync(caller, conversationId, request.FileIds, cancellationToken);
        if (files.All(static f => f.Status == FileStatus.Confirmed))
        {
            return await RepeatAsync(caller, request, files, ring, cancellationToken);
        }

        // Confirmed in part: a crash came between two of them. What the first was confirmed for is what all are for.
        var messageId = files.FirstOrDefault(static f => f.Status == FileStatus.Confirmed)?.MessageId ?? NewMessageId();
        foreach (var file in files.Where(static f => f.Status == FileStatus.Prepared))
        {
            if (!await CheckAsync(caller, file, files, ring, clientId, messageId, cancellationToken))
            {
                return await RepeatAsync(caller, request, await FindAsync(caller, conversationId, request.FileIds, cancellationToken), ring, cancellationToken);
            }

            await store.RemoveIncomingAsync(file.ObjectKey, CancellationToken.None);
        }

        return await AppendAsync(caller, request, await FindAsync(caller, conversationId, request.FileIds, cancellationToken), ring, messageId, cancellationToken);
    }

    private Guid NewMessageId() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>Only its sender confirms a file.</summary>
    private async Task<StoredFile[]> FindAsync(Caller caller, Guid conversationId, IReadOnlyList<Guid> fileIds, CancellationToken cancellationToken)
    {
        var files = new StoredFile[fileIds.Count];
        for (var i = 0; i < files.Length; i++)
        {
            var id = fileIds[i];
            var file = await verbs.RunAsync<FileRows, StoredFile?>(caller, r => r.FindAsync(conversationId, id, cancellationToken), cancellationToken);
            files[i] = file is { } found && found.UploaderId == caller.UserId ? found : throw Refusal.NotFound();
        }

        return files;
    }

    /// <summary>False when another confirm of the same file was first.</summary>
    private async Task<bool> CheckAsync(
        Caller caller, StoredFile file, StoredFile[] all, ConversationKeys ring, string clientId, Guid messageId, CancellationToken cancellationToken)
    {
        if (!await verbs.RunAsync<FileRows, bool>(caller, r => r.IsOpenAsync(file.ConversationId, cancellationToken), cancellationToken))
        {
            await DiscardAsync(caller, all, cancellationToken);
            throw ConversationRefusals.Closed();
        }

        if (!await store.ClaimAsync(file.ObjectKey, cancellationToken))
        {
            throw FileRefusals.UploadMissing();
        }

        var label = FileLabel.Open(ring, file.Sealed, file.TenantId, file.ConversationId, file.Id, file.UploaderId);
        var (kept, found) = await KeepAsync(caller, file, all, label, cancellationToken);
        var checkedLabel = (label with { Sha256 = found.Sha256, Writing = found.Writing, Key = kept.Secret, ClientMsgId = clientId })
            .Seal(ring, file.TenantId, file.ConversationId, file.Id, file.UploaderId);
        var confirmed = await verbs.RunAsync<FileRows, bool>(
            caller, r => r.ConfirmAsync(file, kept, checkedLabel, messageId, Array.IndexOf(all, file), time.GetMoment(), cancellationToken), cancellationToken);
        if (kept.Key != file.ObjectKey)
        {
            await store.RemoveAsync(confirmed ? file.ObjectKey : kept.Key, CancellationToken.None);
        }

        return confirmed;
    }

    /// <summary>What of an upload is shown: itself, or of a picture what is for the eye. What may not be shown goes.</summary>
    private async Task<(StoredObject Object, CheckedContent Content)> KeepAsync(Caller caller, StoredFile file, StoredFile[] all, FileLabel label, CancellationToken cancellationToken)
    {
        var (sent, type) = (StoredObject.Of(file, label), FileType.Of(file.MimeType)!);
        try
        {
            var found = await content.RunAsync(sent, type, label.Sha256, cancellationToken);
            return (type.IsPicture ? await content.CleanAsync(sent with { Writing = found.Writing }, type, size => PlaceAsync(caller, file, size, cancellationToken), cancellationToken) : null)
                ?? (sent, found);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Invalid)
        {
            await DiscardAsync(caller, all, cancellationToken);
            throw;
        }
    }

    /// <summary>Doomed until its row leads to it: whatever breaks on the way leaves nothing behind.</summary>
    private async Task<StoredObject> PlaceAsync(Caller caller, StoredFile file, long size, CancellationToken cancellationToken)
    {
        var place = new StoredObject(file.Id, FrameCipher.NewObjectKey(), FrameCipher.NewKey(), size);
        await verbs.RunAsync<FileRows, bool>(caller, r => r.DoomAsync([place.Key], time.GetUtcNow() + SweepDoomedObjects.Grace, cancellationToken), cancellationToken);
        return place;
    }

    /// <summary>The message as it stands, or, where a crash came before it, a new one.</summary>
    private async Task<ConfirmedFile> RepeatAsync(Caller caller, MessageRequest request, StoredFile[] files, ConversationKeys ring, CancellationToken cancellationToken)
    {
        if (files.Select(static f => f.MessageId).Distinct().Count() > 1)
        {
            throw ConversationRefusals.FileSentAlready();
        }

        try
        {
            return new(await log.OneAsync(caller, files[0].ConversationId, files[0].MessageId ?? Guid.Empty, cancellationToken), Created: false);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
        {
            // An id of its own tells whether this append or one under way beside it made the message.
            return await AppendAsync(caller, request, files, ring, NewMessageId(), cancellationToken);
        }
    }

    private async Task<ConfirmedFile> AppendAsync(
        Caller caller, MessageRequest request, StoredFile[] files, ConversationKeys ring, Guid messageId, CancellationToken cancellationToken)
    {
        var labels = Array.ConvertAll(files, f => FileLabel.Open(ring, f.Sealed, f.TenantId, f.ConversationId, f.Id, f.UploaderId));
        FileView[] views = [.. files.Zip(labels, static (f, l) => new FileView(f.Id, l.Name, f.MimeType, f.SizeBytes, l.Sha256))];
        MessageView message;
        try
        {
            message = await log.AppendAsync(
                caller, files[0].ConversationId, request.Draft(messageId, labels[0].ClientMsgId ?? files[0].Id.ToString(), views), cancellationToken);
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Conflict or RefusalKind.Invalid)
        {
            await Task.Yield();
            await DiscardAsync(caller, files, cancellationToken);
            throw;
        }

        // The lane of the log continues here: its next round trip must not wait for what follows.
        await Task.Yield();
        foreach (var file in files.Where(f => f.MessageId != message.Id))
        {
            await verbs.RunAsync<FileRows, bool>(caller, r => r.ShowAsync(file.Id, message.Id, CancellationToken.None), CancellationToken.None);
        }

        return new(message, message.Id == messageId);
    }

    private async Task DiscardAsync(Caller caller, IEnumerable<StoredFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await verbs.RunAsync<FileRows, bool>(caller, r => r.RemoveAsync(file.Id, cancellationToken), cancellationToken);
            await store.RemoveAsync(file.ObjectKey, CancellationToken.None);
        }
    }
}
