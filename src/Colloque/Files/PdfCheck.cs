using System.Buffers;
using System.IO.Compression;

namespace Colloque.Files;

/// <summary>
/// Tells whether a PDF has scripts, files, forms that send themselves, or anything that starts a program or another document. Read through a
/// small buffer; packed objects are unpacked through one too.
/// </summary>
internal sealed class PdfCheck
{
    /// <summary>Bytes that all streams of one document may unpack to.</summary>
    internal const long MaxUnpacked = 128L << 20;

    private const int BufferSize = 64 * 1024;

    private readonly Stream content;
    private readonly byte[] buffer;

    // Counted down also by streams that break in the end: else each of many would cost the whole of it.
    private long left = MaxUnpacked;

    private PdfCheck(Stream content, byte[] buffer)
    {
        this.content = content;
        this.buffer = buffer;
    }

    /// <exception cref="Refusal">422 <c>active_content</c>, or <c>unpacks_too_large</c>.</exception>
    internal static async Task RunAsync(Stream content, CancellationToken cancellationToken)
    {
        var rented = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // What is done on opening may be named before or after it is told: then a second look knows its number.
            if (await new PdfCheck(content, rented).LookAsync(opened: null, cancellationToken) is { } opened)
            {
                await new PdfCheck(content, rented).LookAsync(opened, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private async Task<int?> LookAsync(int? opened, CancellationToken cancellationToken)
    {
        var file = new PdfText(stream: null, opened);
        content.Position = 0;
        await ReadAsync(content, file, isUnpacked: false, cancellationToken);
        var found = file.Opened;
        foreach (var stream in file.Streams.Where(static s => s.HasObjects || !s.IsImage))
        {
            if (stream is { HasObjects: true, IsOpaque: true })
            {
                throw FileRefusals.ActiveContent();
            }

            var text = new PdfText(stream, opened);
            await UnpackAsync(stream, text, cancellationToken);
            found ??= text.Opened;
        }

        return found;
    }

    private async Task UnpackAsync(PdfStream stream, PdfText text, CancellationToken cancellationToken)
    {
        if (await FindDataAsync(stream.Start, cancellationToken) is not { } start)
        {
            return;
        }

        content.Position = start;
        await using var unpacked = new ZLibStream(content, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            await ReadAsync(unpacked, text, isUnpacked: true, cancellationToken);
        }
        catch (InvalidDataException) when (!stream.IsNamedSo)
        {
            // Not packed in the end, or cut: whatever came out was looked at.
        }
        catch (InvalidDataException)
        {
            // Objects that cannot be looked at: sealed with a password, or broken in a way that some reader may mend.
            throw FileRefusals.ActiveContent();
        }
    }

    /// <summary>Where a stream's data begins, if it looks like what zlib writes (RFC 1950, 2.2).</summary>
    private async Task<long?> FindDataAsync(long at, CancellationToken cancellationToken)
    {
        content.Position = at;
        var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, 4), 4, throwOnEndOfStream: false, cancellationToken);
        var line = read > 0 && buffer[0] == '\r' ? read > 1 && buffer[1] == '\n' ? 2 : 1 : read > 0 && buffer[0] == '\n' ? 1 : 0;
        return read >= line + 2 && (buffer[line] & 0x0F) == 8 && ((buffer[line] << 8) | buffer[line + 1]) % 31 == 0 ? at + line : null;
    }

    private async Task ReadAsync(Stream from, PdfText text, bool isUnpacked, CancellationToken cancellationToken)
    {
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            left -= isUnpacked ? read : 0;
            text.Read(buffer.AsSpan(0, read));
            if (text.Acts)
            {
                throw FileRefusals.ActiveContent();
            }

            if (left < 0)
            {
                throw FileRefusals.UnpacksTooLarge();
            }
        }

        text.End();
        if (text.Acts)
        {
            throw FileRefusals.ActiveContent();
        }
    }
}
