using System.Buffers;
using Colloque.Security;
using Microsoft.Win32.SafeHandles;

namespace Colloque.Files;

/// <summary>
/// An object's content as a stream one may seek in: each frame is read and opened when it is first needed, one at a time. Content that
/// was changed, cut off or moved ends the read with an error, before any byte of that frame is handed out.
/// </summary>
internal sealed class DecryptedObject : Stream
{
    private readonly SafeFileHandle file;
    private readonly FrameCipher cipher;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(FrameCipher.FrameSize + FrameCipher.TagSize);
    private long openFrame = -1;
    private long position;
    private bool disposed;

    private DecryptedObject(SafeFileHandle file, FrameCipher cipher, string tag, long length)
    {
        this.file = file;
        this.cipher = cipher;
        Tag = tag;
        Length = length;
    }

    /// <summary>Names the writing of the object, as <see cref="EncryptedDisk.ReceiveAsync"/> did.</summary>
    internal string Tag { get; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <exception cref="UnreadableObjectException">Not of the expected size, or not an object.</exception>
    internal static async Task<DecryptedObject> OpenAsync(string path, StoredObject stored, CancellationToken cancellationToken)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);
        try
        {
            var header = new byte[FrameCipher.HeaderSize];
            if (RandomAccess.GetLength(handle) != FrameCipher.SealedSize(stored.Size))
            {
                throw FrameCipher.Unreadable();
            }

            await ReadExactlyAsync(handle, header, 0, cancellationToken);
            var opener = FrameCipher.ForReading(stored.Secret, stored.FileId, stored.Key, header);
            return new(handle, opener, Convert.ToHexStringLower(header), stored.Size);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        if (position >= Length || destination.Length == 0)
        {
            return 0;
        }

        var number = position / FrameCipher.FrameSize;
        if (number != openFrame)
        {
            await OpenFrameAsync(number, cancellationToken);
        }

        var offset = (int)(position % FrameCipher.FrameSize);
        var count = Math.Min(destination.Length, FrameLength(number) - offset);
        buffer.AsMemory(offset, count).CopyTo(destination);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => Length + offset,
    };

    /// <summary>Not to be used: the disk is never waited for.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            disposed = true;
            file.Dispose();
            cipher.Dispose();
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        base.Dispose(disposing);
    }

    private static async Task ReadExactlyAsync(SafeFileHandle file, Memory<byte> destination, long at, CancellationToken cancellationToken)
    {
        while (destination.Length > 0)
        {
            var count = await RandomAccess.ReadAsync(file, destination, at, cancellationToken);
            if (count == 0)
            {
                throw FrameCipher.Unreadable();
            }

            destination = destination[count..];
            at += count;
        }
    }

    private async Task OpenFrameAsync(long number, CancellationToken cancellationToken)
    {
        openFrame = -1;
        var length = FrameLength(number);
        var at = FrameCipher.HeaderSize + (number * (FrameCipher.FrameSize + FrameCipher.TagSize));
        await ReadExactlyAsync(file, buffer.AsMemory(0, length + FrameCipher.TagSize), at, cancellationToken);
        cipher.Open(number, number == FrameCipher.FrameCount(Length) - 1, buffer.AsSpan(0, length), buffer.AsSpan(length, FrameCipher.TagSize));
        openFrame = number;
    }

    private int FrameLength(long number) => (int)Math.Min(FrameCipher.FrameSize, Length - (number * FrameCipher.FrameSize));
}
