using System.Buffers;
using Colloque.Security;

namespace Colloque.Files;

/// <summary>
/// An object's content as a stream one may seek in: each frame is read and opened when it is first needed, one at a time. Content that
/// was changed, cut off or moved ends the read with an error, before any byte of that frame is handed out.
/// </summary>
internal sealed class DecryptedObject : Stream
{
    private readonly SealedBytes bytes;
    private readonly FrameCipher cipher;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(FrameCipher.FrameSize + FrameCipher.TagSize);
    private long openFrame = -1;
    private long position;
    private bool disposed;

    private DecryptedObject(SealedBytes bytes, FrameCipher cipher, string tag, long length)
    {
        this.bytes = bytes;
        this.cipher = cipher;
        Tag = tag;
        Length = length;
    }

    /// <summary>Names the writing of the object, as <see cref="ObjectStore.ReceiveAsync"/> did.</summary>
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

    /// <summary>Takes the bytes over: they are disposed with it, or here.</summary>
    /// <exception cref="UnreadableObjectException">Not of the expected size, not an object, or not the writing of it that was checked.</exception>
    internal static async Task<DecryptedObject> OpenAsync(SealedBytes bytes, StoredObject stored, CancellationToken cancellationToken)
    {
        try
        {
            var header = new byte[FrameCipher.HeaderSize];
            if (bytes.Length != FrameCipher.SealedSize(stored.Size))
            {
                throw FrameCipher.Unreadable();
            }

            await bytes.ReadExactlyAsync(header, 0, cancellationToken);
            var tag = Convert.ToHexStringLower(header);
            return stored.Writing is null || stored.Writing == tag
                ? new(bytes, FrameCipher.ForReading(stored.Secret, stored.FileId, stored.Key, header), tag, stored.Size) : throw FrameCipher.Unreadable();
        }
        catch
        {
            bytes.Dispose();
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
            bytes.Dispose();
            cipher.Dispose();
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        base.Dispose(disposing);
    }

    private async Task OpenFrameAsync(long number, CancellationToken cancellationToken)
    {
        openFrame = -1;
        var length = FrameLength(number);
        var at = FrameCipher.HeaderSize + (number * (FrameCipher.FrameSize + FrameCipher.TagSize));
        await bytes.ReadExactlyAsync(buffer.AsMemory(0, length + FrameCipher.TagSize), at, cancellationToken);
        cipher.Open(number, number == FrameCipher.FrameCount(Length) - 1, buffer.AsSpan(0, length), buffer.AsSpan(length, FrameCipher.TagSize));
        openFrame = number;
    }

    private int FrameLength(long number) => (int)Math.Min(FrameCipher.FrameSize, Length - (number * FrameCipher.FrameSize));
}
