namespace Colloque.Tests.Files;

/// <summary>A body of zeros as a network gives it: in small pieces, and without an end where that is asked.</summary>
internal sealed class Zeros(long length, bool breaksOff = false) : Stream
{
    private long read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(Math.Min(buffer.Length, 16_384), length - read);
        if (count == 0 && breaksOff)
        {
            throw new IOException("The connection was reset.");
        }

        buffer.Span[..count].Clear();
        read += count;
        return new(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

internal static class StreamCount
{
    private static readonly byte[] Buffer = new byte[16_384];

    /// <summary>Reads to the end and counts.</summary>
    internal static async Task<long> CountAsync(this Stream stream)
    {
        var total = 0L;
        while (await stream.ReadAsync(Buffer) is > 0 and var count)
        {
            total += count;
        }

        return total;
    }
}
