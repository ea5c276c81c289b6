using Colloque.Security;

namespace Colloque.Files;

/// <summary>
/// Where objects lie, always sealed: whoever holds the store holds no content. An upload arrives as incoming, where a repeat may replace
/// it; confirmation claims it, once and for good, so that what was checked is what is served.
/// </summary>
public abstract class ObjectStore
{
    private readonly string temporary;

    /// <param name="temporary">A folder for what is being sealed; created when absent, readable by this account alone.</param>
    private protected ObjectStore(string temporary)
    {
        this.temporary = temporary;
        DurableFolder.Ensure(temporary);
    }

    /// <summary>
    /// Takes an object from a body, whole or not at all, and keeps one frame of it in memory at a time. Answers with a tag that names
    /// this writing of it.
    /// </summary>
    /// <exception cref="Refusal">413 at the first byte too many; 422 too few; 503 the store does not take it.</exception>
    internal async Task<string> ReceiveAsync(StoredObject stored, Stream body, CancellationToken cancellationToken)
    {
        using var cipher = FrameCipher.ForWriting(stored.Secret, stored.FileId, stored.Key);
        await WriteAsync(stored, cipher, writer => writer.CopyFromAsync(body, cancellationToken), cancellationToken);
        return Convert.ToHexStringLower(cipher.Header);
    }

    /// <summary>Takes an object whose size nobody announced, of at most as many bytes as <paramref name="most"/> has; answers with its size.</summary>
    /// <inheritdoc cref="ReceiveAsync"/>
    internal async Task<long> ReceiveUpToAsync(StoredObject most, Stream body, CancellationToken cancellationToken)
    {
        using var cipher = FrameCipher.ForWriting(most.Secret, most.FileId, most.Key);
        return await WriteAsync(most, cipher, writer => writer.CopyUpToAsync(body, most.Size, cancellationToken), cancellationToken);
    }

    /// <summary>The object's content, decrypted as it is read; null when there is none.</summary>
    /// <exception cref="UnreadableObjectException">Not of this size, or not an object.</exception>
    /// <exception cref="Refusal">503 the store does not answer.</exception>
    internal async Task<DecryptedObject?> OpenAsync(StoredObject stored, CancellationToken cancellationToken) =>
        await FindAsync(stored.Key, cancellationToken) is { } found ? await DecryptedObject.OpenAsync(found, stored, cancellationToken) : null;

    /// <summary>
    /// Makes what was uploaded the object, unless there is one: a later upload can never replace bytes that are being checked.
    /// False when nothing was uploaded.
    /// </summary>
    /// <exception cref="Refusal">503 the store does not take it.</exception>
    internal abstract Task<bool> ClaimAsync(string objectKey, CancellationToken cancellationToken);

    /// <summary>Removes an object, uploaded or claimed; nothing happens where there is none.</summary>
    /// <exception cref="Refusal">503 the store does not answer.</exception>
    internal abstract Task RemoveAsync(string objectKey, CancellationToken cancellationToken);

    /// <summary>Removes what was uploaded and not claimed.</summary>
    /// <exception cref="Refusal">503 the store does not answer.</exception>
    internal abstract Task RemoveIncomingAsync(string objectKey, CancellationToken cancellationToken);

    /// <summary>Removes uploads that ended with the process, or that came when their file was gone. At most <paramref name="most"/>.</summary>
    internal abstract Task<int> RemoveStaleAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>Takes a sealed file from the temporary folder as the incoming object, in the place of one that is there.</summary>
    private protected abstract Task KeepAsync(string partial, string objectKey, CancellationToken cancellationToken);

    /// <summary>The claimed object's sealed bytes; null when there is none. To be disposed.</summary>
    private protected abstract Task<SealedBytes?> FindAsync(string objectKey, CancellationToken cancellationToken);

    /// <summary>Files of a folder that nobody has written to since.</summary>
    private protected static int RemoveStale(string folder, DateTimeOffset before, int most)
    {
        var removed = 0;
        var stale = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LastWriteTimeUtc < before.UtcDateTime);
        foreach (var file in stale.Take(most))
        {
            file.Delete();
            removed++;
        }

        return removed;
    }

    private Task<long> WriteAsync(StoredObject stored, FrameCipher cipher, Func<ObjectWriter, Task<long>> write, CancellationToken cancellationToken) => FileWork.RunAsync(
        async () =>
        {
            var partial = Path.Combine(temporary, FrameCipher.NewObjectKey()[3..]);
            try
            {
                long size;
                await using (var writer = ObjectWriter.Create(partial, cipher, stored.Size))
                {
                    size = await write(writer);
                }

                await KeepAsync(partial, stored.Key, cancellationToken);
                return size;
            }
            finally
            {
                // Gone already where it was moved.
                File.Delete(partial);
            }
        },
        cancellationToken);
}
