using System.Collections.Concurrent;

namespace Colloque.Files;

/// <summary>Serves an upload link, as the person it was made for: takes exactly what was announced, until it is confirmed.</summary>
public sealed class ReceiveUpload(LinkedFiles files, StorageLinks links, ObjectStore store, UploadGate gate)
{
    /// <summary>Answers once the bytes are on the disk, with a tag that names them. Not to be run inside a unit of work.</summary>
    /// <param name="request">The link.</param>
    /// <param name="contentLength">As the client states it; null when it does not.</param>
    /// <param name="contentType">As the client states it.</param>
    /// <param name="body">Read no further than one byte beyond the announced size.</param>
    /// <param name="cancellationToken">The client is gone: nothing is kept.</param>
    /// <exception cref="Refusal">
    /// 403 a bad link, or a confirmed file; 413 more, 422 fewer bytes or another type than announced; 409 the same link is in use; 429 too
    /// many at once; 503 the store.
    /// </exception>
    public async Task<string> RunAsync(StorageRequest request, long? contentLength, string? contentType, Stream body, CancellationToken cancellationToken)
    {
        var ticket = links.Read(request);
        Compare(ticket, contentLength, contentType);
        using var pass = gate.Enter(ticket.Caller.UserId, ticket.ObjectKey);
        var file = await files.FindAsync(ticket, FileStatus.Prepared, cancellationToken) ?? throw FileRefusals.Link();
        var tag = await store.ReceiveAsync(file.Object, body, cancellationToken);
        // It may have been confirmed, or swept, while the bytes came: then nobody would ever look for them.
        if (await files.FindAsync(ticket, FileStatus.Prepared, cancellationToken) is null)
        {
            await store.RemoveIncomingAsync(file.Object.Key, CancellationToken.None);
            throw FileRefusals.Link();
        }

        return tag;
    }

    private static void Compare(FileTicket ticket, long? contentLength, string? contentType)
    {
        if (FileType.Of(contentType) != ticket.Type)
        {
            throw FileRefusals.BodyType();
        }

        if (contentLength > ticket.Size)
        {
            throw FileRefusals.BodyTooLarge();
        }

        if (contentLength < ticket.Size)
        {
            throw FileRefusals.BodyTooShort();
        }
    }
}

/// <summary>
/// Bounds uploads under way on this node: one for a link, <see cref="MaxOfOnePerson"/> for a person. Each holds a frame's buffer, so
/// without it one link, opened a thousand times and fed slowly, would take the memory.
/// </summary>
public sealed class UploadGate
{
    /// <summary>Uploads of one person at once.</summary>
    public const int MaxOfOnePerson = 4;

    private readonly ConcurrentDictionary<string, byte> objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, int> people = new();

    /// <exception cref="Refusal">409 the link is in use; 429 too many.</exception>
    internal IDisposable Enter(Guid person, string objectKey)
    {
        if (!objects.TryAdd(objectKey, 0))
        {
            throw FileRefusals.UploadUnderWay();
        }

        if (people.AddOrUpdate(person, 1, static (_, count) => count + 1) <= MaxOfOnePerson)
        {
            return new Pass(this, person, objectKey);
        }

        Leave(person, objectKey);
        throw FileRefusals.TooManyOpen(TimeSpan.FromSeconds(1));
    }

    private void Leave(Guid person, string objectKey)
    {
        objects.TryRemove(objectKey, out _);
        people.AddOrUpdate(person, 0, static (_, count) => count - 1);
        // Only while still zero: another upload may have come in between.
        people.TryRemove(new KeyValuePair<Guid, int>(person, 0));
    }

    private sealed class Pass(UploadGate gate, Guid person, string objectKey) : IDisposable
    {
        public void Dispose() => gate.Leave(person, objectKey);
    }
}
