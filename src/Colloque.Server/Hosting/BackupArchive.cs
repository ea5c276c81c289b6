using System.Buffers.Binary;
using System.Text;
using Colloque.Security;

namespace Colloque.Server.Hosting;

/// <summary>
/// Writes named pieces one after another, none of whose length is known when it begins: <c>length(2) | name | chunk… | 0(4)</c>, each chunk
/// <c>length(4) | bytes</c>, numbers big-endian; a name of length 0 ends the archive.
/// </summary>
internal sealed class BackupArchiveWriter(Stream target)
{
    private const int ChunkSize = 256 * 1024;

    private readonly byte[] buffer = new byte[4 + ChunkSize];

    /// <summary>Bytes written so far, of content alone.</summary>
    internal long Written { get; private set; }

    internal async Task AddAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        await WriteNameAsync(name, cancellationToken);
        while (await content.ReadAtLeastAsync(buffer.AsMemory(4), ChunkSize, throwOnEndOfStream: false, cancellationToken) is > 0 and var count)
        {
            BinaryPrimitives.WriteInt32BigEndian(buffer, count);
            await target.WriteAsync(buffer.AsMemory(0, 4 + count), cancellationToken);
            Written += count;
        }

        await target.WriteAsync(new byte[4], cancellationToken);
    }

    internal Task AddAsync(string name, byte[] content, CancellationToken cancellationToken) => AddAsync(name, new MemoryStream(content), cancellationToken);

    internal Task EndAsync(CancellationToken cancellationToken) => WriteNameAsync("", cancellationToken);

    private async Task WriteNameAsync(string name, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var start = new byte[2 + bytes.Length];
        BinaryPrimitives.WriteUInt16BigEndian(start, checked((ushort)bytes.Length));
        bytes.CopyTo(start, 2);
        await target.WriteAsync(start, cancellationToken);
    }
}

/// <summary>Reads what <see cref="BackupArchiveWriter"/> wrote, in its order. Each piece is read to its end before the next.</summary>
internal sealed class BackupArchiveReader(Stream source) : IDisposable
{
    private Piece? open;

    /// <summary>The next piece; null at the end.</summary>
    /// <exception cref="UnreadableBackupException">Cut off.</exception>
    internal async Task<(string Name, Stream Content)?> NextAsync(CancellationToken cancellationToken)
    {
        if (open is not null)
        {
            await open.CopyToAsync(Stream.Null, cancellationToken);
        }

        var length = new byte[2];
        await ReadAsync(source, length, cancellationToken);
        var name = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        if (name.Length == 0)
        {
            // The last frame is verified only once all of it is asked for.
            return await source.ReadAsync(length, cancellationToken) == 0 ? null : throw new UnreadableBackupException();
        }

        await ReadAsync(source, name, cancellationToken);
        return (Encoding.UTF8.GetString(name), open = new Piece(source));
    }

    /// <summary>A piece that must be the next and fit in memory.</summary>
    /// <exception cref="UnreadableBackupException">Another piece, or cut off.</exception>
    internal async Task<byte[]> NextAsync(string name, CancellationToken cancellationToken)
    {
        if (await NextAsync(cancellationToken) is not { } piece || piece.Name != name)
        {
            throw new UnreadableBackupException();
        }

        using var content = new MemoryStream();
        await piece.Content.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    public void Dispose() => open?.Dispose();

    private static async Task ReadAsync(Stream from, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (await from.ReadAtLeastAsync(destination, destination.Length, throwOnEndOfStream: false, cancellationToken) < destination.Length)
        {
            throw new UnreadableBackupException();
        }
    }

    /// <summary>One piece's content.</summary>
    private sealed class Piece(Stream source) : Stream
    {
        private int left;
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
            if (left == 0 && !ended)
            {
                var length = new byte[4];
                await BackupArchiveReader.ReadAsync(source, length, cancellationToken);
                left = BinaryPrimitives.ReadInt32BigEndian(length);
                ended = left == 0;
            }

            if (ended)
            {
                return 0;
            }

            var count = Math.Min(left, destination.Length);
            await BackupArchiveReader.ReadAsync(source, destination[..count], cancellationToken);
            left -= count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        /// <summary>Not to be used: the disk is never waited for.</summary>
        /// <exception cref="NotSupportedException">Always.</exception>
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
