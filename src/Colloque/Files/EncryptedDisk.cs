namespace Colloque.Files;

/// <summary>The embedded store: one encrypted file an object, under a folder of its own: <c>tmp</c>, <c>incoming</c>, <c>objects</c>.</summary>
public sealed class EncryptedDisk : ObjectStore
{
    private readonly string temporary;
    private readonly string incoming;
    private readonly string objects;

    /// <param name="folder">Created when absent; readable by this account alone.</param>
    public EncryptedDisk(string folder)
        : base(Path.Combine(Ensured(folder), "tmp"))
    {
        temporary = Path.Combine(folder, "tmp");
        incoming = Path.Combine(folder, "incoming");
        objects = Path.Combine(folder, "objects");
        DurableFolder.Ensure(incoming);
        DurableFolder.Ensure(objects);
    }

    /// <inheritdoc/>
    internal override async Task<bool> ClaimAsync(string objectKey, CancellationToken cancellationToken)
    {
        var isThere = false;
        await DiskFlush.RunAsync(() =>
        {
            isThere = Claim(objectKey, out var isNew);
            if (isNew)
            {
                Flush(Path.GetDirectoryName(PathOf(objects, objectKey))!);
            }
        });
        return isThere;
    }

    /// <inheritdoc/>
    internal override Task RemoveAsync(string objectKey, CancellationToken cancellationToken)
    {
        Delete(PathOf(incoming, objectKey));
        Delete(PathOf(objects, objectKey));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override Task RemoveIncomingAsync(string objectKey, CancellationToken cancellationToken)
    {
        Delete(PathOf(incoming, objectKey));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override Task<int> RemoveStaleAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var removed = RemoveStale(temporary, before, most);
        return Task.FromResult(removed + RemoveStale(incoming, before, most - removed));
    }

    private protected override Task KeepAsync(string partial, string objectKey, CancellationToken cancellationToken) => DiskFlush.RunAsync(() =>
    {
        var place = PathOf(incoming, objectKey);
        DurableFolder.Ensure(Path.GetDirectoryName(place)!);
        File.Move(partial, place, overwrite: true);
    });

    private protected override Task<SealedBytes?> FindAsync(string objectKey, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<SealedBytes?>(
                new FileBytes(File.OpenHandle(PathOf(objects, objectKey), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<SealedBytes?>(null);
        }
    }

    private static string Ensured(string folder)
    {
        DurableFolder.Ensure(folder);
        return folder;
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

    private bool Claim(string objectKey, out bool isNew)
    {
        isNew = false;
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

        isNew = true;
        return true;
    }
}
