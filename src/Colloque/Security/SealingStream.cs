using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>Seals what is written, frame after frame. Not for several threads at once.</summary>
public sealed class SealingStream : Stream
{
    private readonly Stream target;
    private readonly FrameCipher cipher;
    private readonly byte[] frame = new byte[FrameCipher.FrameSize + FrameCipher.TagSize];
    private int filled;
    private long number;
    private bool complete;

    internal SealingStream(Stream target, FrameCipher cipher) => (this.target, this.cipher) = (target, cipher);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => !complete;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            // A full frame waits for a byte more: only then is it known not to be the last.
            if (filled == FrameCipher.FrameSize)
            {
                await FlushFrameAsync(last: false, cancellationToken);
            }

            var count = Math.Min(buffer.Length, FrameCipher.FrameSize - filled);
            buffer[..count].CopyTo(frame.AsMemory(filled));
            filled += count;
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Writes the last frame, marked as such. The target is left open.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await FlushFrameAsync(last: true, cancellationToken);
        complete = true;
    }

    /// <summary>Frames are written when they are full; there is nothing to flush before.</summary>
    public override void Flush()
    {
    }

    /// <summary>Not to be used: the disk is never waited for.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not to be used.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not to be used.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not to be used.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            CryptographicOperations.ZeroMemory(frame);
        }

        base.Dispose(disposing);
    }

    private async Task FlushFrameAsync(bool last, CancellationToken cancellationToken)
    {
        cipher.Seal(number++, last, frame.AsSpan(0, filled), frame.AsSpan(filled, FrameCipher.TagSize));
        await target.WriteAsync(frame.AsMemory(0, filled + FrameCipher.TagSize), cancellationToken);
        filled = 0;
    }
}
