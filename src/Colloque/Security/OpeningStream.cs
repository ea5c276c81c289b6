using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>Opens frame after frame; no byte of a frame is handed out before all of it was verified.</summary>
internal sealed class OpeningStream(Stream source, FrameCipher cipher) : Stream
{
    private const int SealedFrame = FrameCipher.FrameSize + FrameCipher.TagSize;

    /// <summary>One byte more than a frame: it tells whether another follows.</summary>
    private readonly byte[] buffer = new byte[SealedFrame + 1];
    private int ahead;
    private int taken;
    private int opened;
    private long number;
    private bool ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        while (taken == opened)
        {
            if (ended || destination.Length == 0)
            {
                return 0;
            }

            await OpenFrameAsync(cancellationToken);
        }

        var count = Math.Min(destination.Length, opened - taken);
        buffer.AsMemory(taken, count).CopyTo(destination);
        taken += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Not to be used: the disk is never waited for.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            CryptographicOperations.ZeroMemory(buffer);
        }

        base.Dispose(disposing);
    }

    private async Task OpenFrameAsync(CancellationToken cancellationToken)
    {
        if (ahead > 0)
        {
            buffer[0] = buffer[SealedFrame];
        }

        var filled = ahead + await source.ReadAtLeastAsync(buffer.AsMemory(ahead), buffer.Length - ahead, throwOnEndOfStream: false, cancellationToken);
        var last = filled <= SealedFrame;
        opened = Math.Min(filled, SealedFrame) - FrameCipher.TagSize;
        if (opened < 0)
        {
            throw new UnreadableBackupException();
        }

        try
        {
            cipher.Open(number++, last, buffer.AsSpan(0, opened), buffer.AsSpan(opened, FrameCipher.TagSize));
        }
        catch (UnreadableObjectException)
        {
            throw new UnreadableBackupException();
        }

        (taken, ended, ahead) = (0, last, last ? 0 : 1);
    }
}
