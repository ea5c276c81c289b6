using Colloque.Security;

namespace Colloque.Files;

/// <summary>
/// The embedded store: one encrypted file an object, under a folder of its own. An upload arrives in <c>incoming</c>, where a repeat may
/// replace it; confirmation claims it into <c>objects</c>, once and for good, so that what was checked is what is served.
/// </summary>
public sealed class EncryptedDisk
{
    private readonly string temporary;
    private readonly string incoming;
    private readonly string objects;

    /// <param name="folder">Created when absent; readable by this account alone.</param>
    public EncryptedDisk(string folder)
    {
        temporary = Path.Combine(folder, "tmp");
        incoming = Path.Combine(folder, "incoming");
        objects = Path.Combine(folder, "objects");
        foreach (var part in (ReadOnlySpan<string>)[folder, temporary, incoming, objects])
        {
            DurableFolder.Ensure(part);
        }
    }

    /// <summary>
    /// Takes an object from a body, whole or not at all, and keeps one frame of it in memory at a time. Answers with a tag that names
    /// this writing of it.
    /// </summary>
    /// <exception cref="Refusal">413 at the first byte too many; 422 too few; 503 the disk does not take it.</exception>
    internal async Task<string> ReceiveAsync(StoredObject stored, Stream body, CancellationToken cancellationToken)
    {
        using var cipher = FrameCipher.ForWriting(stored.Secret, stored.FileId, stored.Key);
        await WriteAsync(stored, cipher, writer => writer.CopyFromAsync(body, cancellationToken));
        return Convert.ToHexStringLower(cipher.Header);
    }

    /// <summary>Takes an object whose size nobody announced, of at most as many bytes as <paramref name="most"/> has; answers with its size.</summary>
    /// <inheritdoc cref="ReceiveAsync"/>
    internal async Task<long> ReceiveUpToAsync(StoredObject most, Stream body, CancellationToken cancellationToken)
    {
        using var cipher = FrameCipher.ForWriting(most.Secret, most.FileId, most.Key);
        var size = 0L;
        await WriteAsync(most, cipher, async writer => size = await writer.CopyUpToAsync(body, most.Size, cancellationToken));
        return size;
    }

    private async Task WriteAsync(StoredObject stored, FrameCipher cipher, Func<ObjectWriter, Task> write)
    {
        var partial = Path.Combine(temporary, FrameCipher.NewObjectKey()[3..]);
        try
        {
            await using (var writer = ObjectWriter.Create(partial, cipher, stored.Size))
            {
                await write(writer);
            }

            var place = PathOf(incoming, stored.Key);
            DurableFolder.Ensure(Path.GetDirectoryName(place)!);
            File.Move(partial, place, overwrite: true);
        }
        finally
        {
            // Gone already when all went well.
            File.Delete(partial);
        }
    }

    /// <summary>
    /// Makes what was uploaded the object, unless there is one: a later upload can never replace bytes that are being checked.
    /// False when nothing was uploaded.
    /// </summary>
    /// <exception cref="Refusal">503 the disk does not take it.</exception>
    internal bool Claim(string objectKey)
    {
        var place = PathOf(objects, objectKey);
        if (File.Exists(place))
        {
            return true;
        }

        var folder = Path.GetDirectoryName(place)!;
        DurableFolder.Ensure(folder);
        try
        {
            // Links and unlinks: of two at once one wins, and neither overwrites.
            File.Move(PathOf(incoming, objectKey), place, overwrite: false);
        }
        catch (IOException)
        {
            if (!File.Exists(place))
            {
                return false;
            }
        }

        Flush(folder);
        return true;
    }

    /// <summary>The object's content, decrypted as it is read; null when there is none.</summary>
    /// <exception cref="UnreadableObjectException">Not of this size, or not an object.</exception>
    internal async Task<DecryptedObject?> OpenAsync(StoredObject stored, CancellationToken cancellationToken)
    {
        try
        {
            return await DecryptedObject.OpenAsync(PathOf(objects, stored.Key), stored, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes an object, uploaded or claimed; nothing happens where there is none.</summary>
    internal void Remove(string objectKey)
    {
        RemoveIncoming(objectKey);
        Delete(PathOf(objects, objectKey));
    }

    /// <summary>Removes what was uploaded and not claimed.</summary>
    internal void RemoveIncoming(string objectKey) => Delete(PathOf(incoming, objectKey));

    /// <summary>Removes uploads that ended with the process, or that came when their file was gone. At most <paramref name="most"/>.</summary>
    internal int RemoveStale(DateTimeOffset before, int most)
    {
        var removed = 0;
        var stale = new[] { temporary, incoming }
            .SelectMany(static folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            .Where(file => file.LastWriteTimeUtc < before.UtcDateTime);
        foreach (var file in stale.Take(most))
        {
            file.Delete();
            removed++;
        }

        return removed;
    }

    private static void Flush(string folder)
    {
        try
        {
            DurableFolder.Flush(folder);
        }
        catch (IOException)
        {
            throw Refusal.Unavailable("storage_unavailable");
        }
    }

    private static void Delete(string path)
    {
        // File.Delete minds a missing folder, not a missing file.
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static string PathOf(string part, string objectKey) =>
        StoredObject.IsKey(objectKey) ? Path.Combine(part, objectKey) : throw new ArgumentException("Not an object key.", nameof(objectKey));
}
