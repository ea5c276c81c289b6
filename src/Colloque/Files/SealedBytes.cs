using Microsoft.Win32.SafeHandles;

namespace Colloque.Files;

/// <summary>An object as it lies in a store: sealed, read from anywhere within. Not for several threads at once.</summary>
internal abstract class SealedBytes : IDisposable
{
    /// <summary>In bytes.</summary>
    internal abstract long Length { get; }

    /// <summary>At least one byte, unless the object ends there.</summary>
    internal abstract ValueTask<int> ReadAsync(Memory<byte> destination, long at, CancellationToken cancellationToken);

    /// <exception cref="UnreadableObjectException">It ends before.</exception>
    internal async Task ReadExactlyAsync(Memory<byte> destination, long at, CancellationToken cancellationToken)
    {
        while (destination.Length > 0)
        {
            var count = await ReadAsync(destination, at, cancellationToken);
            if (count == 0)
            {
                throw Security.FrameCipher.Unreadable();
            }

            destination = destination[count..];
            at += count;
        }
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>On the disk.</summary>
internal sealed class FileBytes(SafeFileHandle file) : SealedBytes
{
    internal override long Length { get; } = RandomAccess.GetLength(file);

    internal override ValueTask<int> ReadAsync(Memory<byte> destination, long at, CancellationToken cancellationToken) => RandomAccess.ReadAsync(file, destination, at, cancellationToken);

    public override void Dispose()
    {
        file.Dispose();
        base.Dispose();
    }
}
