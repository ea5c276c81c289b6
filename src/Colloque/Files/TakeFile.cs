using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Takes a file into a conversation in one step, announcement and bytes together: the same as to prepare, put and confirm it.</summary>
public sealed class TakeFile(Verbs verbs, ConfirmFile confirm, ObjectStore store, UploadGate gate, TimeProvider time)
{
    /// <summary>Answers once it is checked and its message committed. Not to be run inside a unit of work.</summary>
    /// <param name="caller">Who sends it.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="filename">As a form states it.</param>
    /// <param name="mimeType">As a form states it.</param>
    /// <param name="body">Read to its end, at most 10 MiB and one byte.</param>
    /// <param name="cancellationToken">The client is gone: nothing is kept.</param>
    /// <exception cref="Refusal">As <see cref="PrepareFile"/> and <see cref="ConfirmFile"/>; 413 over 10 MiB.</exception>
    public async Task<ConfirmedFile> RunAsync(Caller caller, Guid conversationId, string? filename, string? mimeType, Stream body, CancellationToken cancellationToken)
    {
        caller.RequireClinical();
        var (name, type) = new FileAnnouncement(filename, mimeType, SizeBytes: null, Sha256: null).ParseKind();
        // Before a byte is written: a stranger fills no store.
        if (!await verbs.RunAsync<FileRows, bool>(caller, r => r.IsOpenAsync(conversationId, cancellationToken), cancellationToken))
        {
            throw ConversationRefusals.Closed();
        }

        var label = new FileLabel(name, Sha256: null, FrameCipher.NewKey());
        var most = new StoredObject(Guid.CreateVersion7(time.GetMoment()), FrameCipher.NewObjectKey(), label.Key, FileAnnouncement.MaxSize);
        using (gate.Enter(caller.UserId, most.Key))
        {
            var size = await store.ReceiveUpToAsync(most, body, cancellationToken);
            try
            {
                if (size == 0)
                {
                    throw FileRefusals.Size();
                }

                await verbs.RunAsync<PrepareFile, StoredFile>(caller, v => v.AddAsync(conversationId, most with { Size = size }, label, type, cancellationToken), cancellationToken);
            }
            catch
            {
                await store.RemoveIncomingAsync(most.Key, CancellationToken.None);
                throw;
            }
        }

        return await confirm.RunAsync(caller, conversationId, most.FileId, clientMsgId: null, cancellationToken);
    }
}
