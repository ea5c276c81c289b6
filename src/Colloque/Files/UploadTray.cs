using Colloque.Conversations;
using Colloque.Security;

namespace Colloque.Files;

/// <summary>
/// Files of one form as they come off the network, encrypted on the disk and nobody's yet: the form may name the conversation after them. What does not become a message's goes with the tray.
/// </summary>
public sealed class UploadTray : IAsyncDisposable
{
    private readonly List<(StoredObject Place, FileLabel Label, FileType Type)> files = [];
    private readonly Caller caller;
    private readonly ObjectStore store;
    private readonly UploadGate gate;
    private readonly TimeProvider time;

    internal UploadTray(Caller caller, ObjectStore store, UploadGate gate, TimeProvider time) => (this.caller, this.store, this.gate, this.time) = (caller, store, gate, time);

    internal bool IsEmpty => files.Count == 0;

    /// <summary>What the files say they are, in their order.</summary>
    internal IEnumerable<(string Name, string MimeType, long Size)> Announced => files.Select(static f => (f.Label.Name, f.Type.MimeType, f.Place.Size));

    /// <summary>Takes one file.</summary>
    /// <param name="filename">As a form states it.</param>
    /// <param name="mimeType">As a form states it.</param>
    /// <param name="body">Read to its end, at most 10 MiB and one byte.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <exception cref="Refusal">422 <c>filename</c>, <c>mimeType</c>, <c>sizeBytes</c>, <c>fileIds</c> more than five; 413; 429 too many at once.</exception>
    public async Task ReceiveAsync(string? filename, string? mimeType, Stream body, CancellationToken cancellationToken)
    {
        if (files.Count == MessageRequest.MaxFiles)
        {
            throw Refusal.Invalid("fileIds", "too_many_files");
        }

        var (name, type) = new FileAnnouncement(filename, mimeType, SizeBytes: null, Sha256: null).ParseKind();
        var label = new FileLabel(name, Sha256: null, FrameCipher.NewKey());
        var most = new StoredObject(Guid.CreateVersion7(time.GetMoment()), FrameCipher.NewObjectKey(), label.Key, FileAnnouncement.MaxSize);
        using var pass = gate.Enter(caller.UserId, most.Key);
        var size = await store.ReceiveUpToAsync(most, body, cancellationToken);
        if (size == 0)
        {
            await store.RemoveIncomingAsync(most.Key, CancellationToken.None);
            throw FileRefusals.Size();
        }

        files.Add((most with { Size = size }, label, type));
    }

    /// <summary>Writes the files' rows, inside a unit of work.</summary>
    internal async Task<Guid[]> AddAsync(PrepareFile prepare, Guid conversationId, CancellationToken cancellationToken)
    {
        foreach (var (place, label, type) in files)
        {
            await prepare.AddAsync(conversationId, place, label, type, cancellationToken);
        }

        return [.. files.Select(static f => f.Place.FileId)];
    }

    /// <summary>They are in rows now, and these decide.</summary>
    internal void Release() => files.Clear();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (place, _, _) in files)
        {
            await store.RemoveIncomingAsync(place.Key, CancellationToken.None);
        }
    }
}
