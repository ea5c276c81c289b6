using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Takes a file of one's own in one step, announcement and bytes together: the same as to prepare, put and confirm it.</summary>
public sealed class TakePersonFile(Verbs verbs, ConfirmPersonFile confirm, ObjectStore store, UploadGate gate)
{
    /// <summary>Answers once it is checked. Not to be run inside a unit of work.</summary>
    /// <param name="caller">Whose it becomes.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="filename">As a form states it.</param>
    /// <param name="mimeType">As a form states it.</param>
    /// <param name="body">Read to its end, at most 10 MiB and one byte.</param>
    /// <param name="cancellationToken">The client is gone: nothing is kept.</param>
    /// <exception cref="Refusal">As <see cref="PreparePersonFile"/> and <see cref="ConfirmPersonFile"/>; 413 over 10 MiB.</exception>
    public async Task<PersonFileView> RunAsync(Caller caller, PersonFileKind kind, string? filename, string? mimeType, Stream body, CancellationToken cancellationToken)
    {
        var (name, type) = new FileAnnouncement(filename, mimeType, SizeBytes: null, Sha256: null).ParseKind();
        var file = await verbs.RunAsync<PreparePersonFile, PersonFile>(
            caller, v => Task.FromResult(v.New(kind, name, type, FileAnnouncement.MaxSize, sha256: null)), cancellationToken);
        using (gate.Enter(caller.UserId, file.ObjectKey))
        {
            var size = await store.ReceiveUpToAsync(file.Object, body, cancellationToken);
            try
            {
                await verbs.RunAsync<PreparePersonFile, PersonFile>(caller, v => v.AddAsync(file with { SizeBytes = size }, cancellationToken), cancellationToken);
            }
            catch
            {
                await store.RemoveIncomingAsync(file.ObjectKey, CancellationToken.None);
                throw;
            }
        }

        return await confirm.RunAsync(caller, file.Id, cancellationToken);
    }
}
