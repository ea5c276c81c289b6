using System.Buffers;
using Colloque.Security;

namespace Colloque.Files;

/// <summary>Writes one object to the disk, frame after frame through one pooled buffer, and flushes it.</summary>
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
    internal static async Task<ObjectWriter> CreateAsync(string path, FrameCipher cipher, long size)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            PreallocationSize = FrameCipher.SealedSize(size),
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream? opened = null;
        try
        {
            await DiskWrites.RunAsync(() => opened = new FileStream(path, options));
        }
        catch (IOException)
        {
            throw Refusal.Unavailable("storage_unavailable");
        }

        return new(opened!, cipher, size);
    }

    /// <exception cref="Refusal">413 more than announced, 422 less; 503 the disk.</exception>
    internal async Task CopyFromAsync(Stream body, CancellationToken cancellationToken)
    {
        await WriteAsync(() => file.Write(cipher.Header), cancellationToken);
        var frames = FrameCipher.FrameCount(size);
        for (var number = 0L; number < frames; number++)
        {
            var length = (int)Math.Min(FrameCipher.FrameSize, size - (number * FrameCipher.FrameSize));
            if (await body.ReadAtLeastAsync(buffer.AsMemory(0, length), length, throwOnEndOfStream: false, cancellationToken) < length)
            {
                throw FileRefusals.BodyTooShort();
            }

            await WriteFrameAsync(number, number == frames - 1, length, cancellationToken);
        }

        if (await body.ReadAsync(buffer.AsMemory(0, 1), cancellationToken) > 0)
        {
            throw FileRefusals.BodyTooLarge();
        }

        await FlushAsync();
    }

    /// <summary>Takes a body whose size nobody announced, to its end; answers with the size.</summary>
    /// <exception cref="Refusal">413 more than <paramref name="most"/>, 422 nothing; 503 the disk.</exception>
    internal async Task<long> CopyUpToAsync(Stream body, long most, CancellationToken cancellationToken)
    {
        await WriteAsync(() => file.Write(cipher.Header), cancellationToken);
        var (total, carried, last) = (0L, 0, false);
        for (var number = 0L; !last; number++)
        {
            // One byte more than a frame has tells whether another follows.
            var wanted = FrameCipher.FrameSize + 1 - carried;
            var read = carried + await body.ReadAtLeastAsync(buffer.AsMemory(carried, wanted), wanted, throwOnEndOfStream: false, cancellationToken);
            var (length, next) = (Math.Min(read, FrameCipher.FrameSize), buffer[FrameCipher.FrameSize]);
            last = read <= FrameCipher.FrameSize;
            total += length;
            if (total + (last ? 0 : 1) > most)
            {
                throw FileRefusals.BodyTooLarge();
            }

            await WriteFrameAsync(number, last, length, cancellationToken);
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

    private Task WriteFrameAsync(long number, bool last, int length, CancellationToken cancellationToken) =>
        WriteAsync(
            () =>
            {
                cipher.Seal(number, last, buffer.AsSpan(0, length), buffer.AsSpan(length, FrameCipher.TagSize));
                file.Write(buffer.AsSpan(0, length + FrameCipher.TagSize));
            },
            cancellationToken);

    // Only the disk's own failures: those of the body are the sender's, and IOExceptions too.
    private static async Task WriteAsync(Action write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await DiskWrites.RunAsync(write);
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
