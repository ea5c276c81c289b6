using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Takes a message as a form brings it, words and files together, as one message: whole or not at all.</summary>
public sealed class TakeMessage(Verbs verbs, PostMessage post, MessageLog log, ObjectStore store, UploadGate gate, TimeProvider time)
{
    /// <summary>Answers after the commit. Not to be run inside a unit of work.</summary>
    /// <param name="caller">Who sends it.</param>
    /// <param name="read">Reads the form: puts its files into the tray, and answers where the message goes and what else it has.</param>
    /// <param name="cancellationToken">The client is gone: nothing is kept.</param>
    /// <returns>The message; for a client id that has served for the same words and files, the first one.</returns>
    /// <exception cref="Refusal">As <see cref="PrepareFile"/>, <see cref="PostMessage"/> and <see cref="UploadTray.ReceiveAsync"/>.</exception>
    public async Task<MessageView> RunAsync(Caller caller, Func<UploadTray, Task<(Guid ConversationId, MessageRequest Request)>> read, CancellationToken cancellationToken)
    {
        caller.RequireClinical();
        await using var tray = new UploadTray(caller, store, gate, time);
        var (conversation, request) = await read(tray);
        if (tray.IsEmpty)
        {
            return await post.RunAsync(caller, conversation, request, cancellationToken);
        }

        // Its words are judged before a row is written.
        _ = request.Text is null ? null : MessageText.Parse(request.Text);
        (string, string, long)[] announced = [.. tray.Announced];
        if (await RepeatedAsync(caller, conversation, request, announced, cancellationToken) is { } sent)
        {
            return sent;
        }

        var ids = await verbs.RunAsync<PrepareFile, Guid[]>(caller, verb => tray.AddAsync(verb, conversation, cancellationToken), cancellationToken);
        tray.Release();
        try
        {
            return await post.RunAsync(caller, conversation, request with { FileIds = ids }, cancellationToken);
        }
        catch (Refusal refusal) when (refusal.Code == "client_msg_id_reused")
        {
            // The same form twice at once: the other was first.
            return await RepeatedAsync(caller, conversation, request, announced, cancellationToken) ?? throw new InvalidOperationException("A client id is taken by no message.", refusal);
        }
    }

    /// <summary>The message that this one repeats; a form brings its files anew, under other ids.</summary>
    /// <exception cref="Refusal">409: the id has served for another message.</exception>
    private async Task<MessageView?> RepeatedAsync(
        Caller caller, Guid conversation, MessageRequest request, (string Name, string MimeType, long Size)[] files, CancellationToken cancellationToken)
    {
        if (request.ClientMsgId is not { } clientId
            || await verbs.RunAsync<FindMessage, Guid?>(caller, verb => verb.SentAsync(conversation, clientId, cancellationToken), cancellationToken) is not { } id)
        {
            return null;
        }

        var sent = await log.OneAsync(caller, conversation, id, cancellationToken);
        var same = sent.EditedAt is not null || sent.DeletedAt is not null
            || (sent.Text == request.Text && sent.Files.Select(static f => Said(f.Name, f.MimeType, f.SizeBytes)).SequenceEqual(files.Select(static f => Said(f.Name, f.MimeType, f.Size))));
        return same ? sent : throw ConversationRefusals.ClientMsgIdReused();
    }

    /// <summary>Of a picture the size tells nothing: it is kept without what it told of its maker.</summary>
    private static (string, string, long) Said(string name, string mimeType, long size) => (name, mimeType, mimeType.StartsWith("image/", StringComparison.Ordinal) ? 0 : size);
}
