using System.Buffers;
using Colloque.Security;

namespace Colloque.Files;

/// <summary>Writes one object to the disk, frame after frame through one pooled buffer, and flushes it: <see cref="FileWork"/>.</summary>
internal sealed class ObjectWriter : IAsyncDisposable
{
    private readonly FileStream file;
    private readonly FrameCipher cipher;
    private readonly long size;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(FrameCipher.FrameSize + FrameCipher.TagSize);

    private ObjectWriter(FileStream file, FrameCipher cipher, long size)
    {
        this.file = file;
        this.cipher = cipher;
        this.size = size;
    }

    /// <summary>Reserves the room at once: a full disk refuses before a byte is taken.</summary>
    /// <exception cref="Refusal">503.</exception>
    internal static ObjectWriter Create(string path, FrameCipher cipher, long size)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            // Piece by piece to the disk: a commit of messages waits behind what is on its way there, and ten megabytes at once are a long way.
            Options = FileOptions.WriteThrough,
            PreallocationSize = FrameCipher.SealedSize(size),
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new(new FileStream(path, options), cipher, size);
        }
        catch (IOException)
        {
            throw Refusal.Unavailable("storage_unavailable");
        }
    }

    /// <summary>Takes a body of the announced size, and answers with it.</summary>
    /// <exception cref="Refusal">413 more than announced, 422 less; 503 the disk.</exception>
    internal async Task<long> CopyFromAsync(Stream body, CancellationToken cancellationToken)
    {
        Write(() => file.Write(cipher.Header), cancellationToken);
        var frames = FrameCipher.FrameCount(size);
        for (var number = 0L; number < frames; number++)
        {
            var length = (int)Math.Min(FrameCipher.FrameSize, size - (number * FrameCipher.FrameSize));
            if (await ReadAsync(body, 0, length, cancellationToken) < length)
            {
                throw FileRefusals.BodyTooShort();
            }

            WriteFrame(number, number == frames - 1, length, cancellationToken);
        }

        if (await body.ReadAsync(buffer.AsMemory(0, 1), cancellationToken) > 0)
        {
            throw FileRefusals.BodyTooLarge();
        }

        await FlushAsync();
        return size;
    }

    /// <summary>Takes a body whose size nobody announced, to its end; answers with the size.</summary>
    /// <exception cref="Refusal">413 more than <paramref name="most"/>, 422 nothing; 503 the disk.</exception>
    internal async Task<long> CopyUpToAsync(Stream body, long most, CancellationToken cancellationToken)
    {
        Write(() => file.Write(cipher.Header), cancellationToken);
        var (total, carried, last) = (0L, 0, false);
        for (var number = 0L; !last; number++)
        {
            // One byte more than a frame has tells whether another follows.
            var wanted = FrameCipher.FrameSize + 1 - carried;
            var read = carried + await ReadAsync(body, carried, wanted, cancellationToken);
            var (length, next) = (Math.Min(read, FrameCipher.FrameSize), buffer[FrameCipher.FrameSize]);
            last = read <= FrameCipher.FrameSize;
            total += length;
            if (total + (last ? 0 : 1) > most)
            {
                throw FileRefusals.BodyTooLarge();
            }

            WriteFrame(number, last, length, cancellationToken);
            buffer[0] = next;
            carried = 1;
        }

        // The room that was reserved and not needed.
        file.SetLength(file.Position);
        await FlushAsync();
        return total > 0 ? total : throw FileRefusals.Size();
    }

    public async ValueTask DisposeAsync()
    {
        // After a failure it may still hold content that was not sealed.
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        await file.DisposeAsync();
    }

    private void WriteFrame(long number, bool last, int length, CancellationToken cancellationToken) =>
        Write(
            () =>
            {
                cipher.Seal(number, last, buffer.AsSpan(0, length), buffer.AsSpan(length, FrameCipher.TagSize));
                file.Write(buffer.AsSpan(0, length + FrameCipher.TagSize));
            },
            cancellationToken);

    // As much as is wanted, or as there is. By hand: Stream's own method goes on where the bytes came, and copies there.
    private async Task<int> ReadAsync(Stream body, int at, int wanted, CancellationToken cancellationToken)
    {
        var read = 0;
        while (read < wanted && await body.ReadAsync(buffer.AsMemory(at + read, wanted - read), cancellationToken) is > 0 and var count)
        {
            read += count;
        }

        return read;
    }

    // Only the disk's own failures: those of the body are the sender's, and IOExceptions too.
    private static void Write(Action write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            write();
        }
        catch (IOException)
        {
            throw Refusal.Unavailable("storage_unavailable");
        }
    }

    private async Task FlushAsync()
    {
        try
        {
            await DiskFlush.RunAsync(() => file.Flush(flushToDisk: true));
        }
        catch (IOException)
        {
            throw Refusal.Unavailable("storage_unavailable");
        }
    }
}
