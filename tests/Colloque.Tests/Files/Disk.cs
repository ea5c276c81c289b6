using Colloque.Files;
using Colloque.Security;

namespace Colloque.Tests.Files;

/// <summary>A store in a folder of its own, with hands on its bytes.</summary>
internal sealed class Disk : IDisposable
{
    internal const int Frame = 1 << 20;
    internal const int Sealed = Frame + 16;
    internal const int Header = 8;

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"colloque-disk-{Guid.CreateVersion7():N}");

    internal Disk() => Store = new EncryptedDisk(folder);

    internal EncryptedDisk Store { get; }

    internal static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    internal static StoredObject Announce(long size) => new(Guid.CreateVersion7(), FrameCipher.NewObjectKey(), FrameCipher.NewKey(), size);

    internal string PathOf(StoredObject stored) => Path.Combine(folder, "objects", stored.Key);

    internal string[] AllFiles() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    internal async Task<StoredObject> PutAsync(byte[] content)
    {
        var stored = Announce(content.Length);
        await Store.ReceiveAsync(stored, new MemoryStream(content), default);
        await Store.ClaimAsync(stored.Key, default);
        return stored;
    }

    internal async Task<byte[]> GetAsync(StoredObject stored)
    {
        await using var content = await Store.OpenAsync(stored, default) ?? throw new FileNotFoundException();
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <summary>Changes an object's bytes where they lie.</summary>
    internal async Task DamageAsync(StoredObject stored, Func<byte[], byte[]> change) =>
        await File.WriteAllBytesAsync(PathOf(stored), change(await File.ReadAllBytesAsync(PathOf(stored))));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
