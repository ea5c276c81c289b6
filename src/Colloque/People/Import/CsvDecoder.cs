using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Colloque.People.Import;

/// <summary>
/// Bytes to characters as they come. ASCII is the same in UTF-8 and in Windows-1252, so the first byte beyond it decides for all that
/// follow: a list is never read twice, and never held.
/// </summary>
internal sealed class CsvDecoder(Stream stream)
{
    private const int Size = 32 * 1024;

    /// <summary>Windows-1252, 0x80 to 0x9F; what it leaves open stays a control character, which no cell may have.</summary>
    private const string Upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    private readonly byte[] bytes = new byte[Size];
    private int start;
    private int end;
    private bool ended;
    private bool began;
    private Encoded encoded;

    private enum Encoded
    {
        /// <summary>ASCII so far.</summary>
        Open,
        Utf8,
        Windows1252,
    }

    /// <summary>Fills characters; 0 at the end.</summary>
    /// <param name="chars">At least 2.</param>
    /// <param name="row">Where the reader is, for refusals.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="Refusal">422 <c>mixed_encoding</c>, <c>unsupported_encoding</c>.</exception>
    internal async ValueTask<int> ReadAsync(Memory<char> chars, int row, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (start == end || (!began && end < 3) || NeedsMore())
            {
                await FillAsync(cancellationToken);
            }

            if (!began && (ended || end >= 3))
            {
                SkipMark();
            }

            if (began && (start < end || ended))
            {
                var written = Decode(chars.Span, row);
                if (written > 0 || (start == end && ended))
                {
                    return written;
                }
            }
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (ended)
        {
            return;
        }

        bytes.AsSpan(start, end - start).CopyTo(bytes);
        (start, end) = (0, end - start);
        var read = await stream.ReadAsync(bytes.AsMemory(end), cancellationToken);
        (end, ended) = (end + read, read == 0);
    }

    /// <summary>What is left is the beginning of one character.</summary>
    private bool NeedsMore() => !ended && encoded != Encoded.Windows1252 && end - start < 4 && Rune.DecodeFromUtf8(bytes.AsSpan(start, end - start), out _, out _) == OperationStatus.NeedMoreData;

    private void SkipMark()
    {
        began = true;
        switch (bytes.AsSpan(start, end - start))
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                (start, encoded) = (start + 3, Encoded.Utf8);
                break;
            case [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]:
                throw CsvRefusals.UnsupportedEncoding();
        }
    }

    private int Decode(Span<char> chars, int row)
    {
        var written = 0;
        if (encoded == Encoded.Open)
        {
            written = CopyAscii(chars);
            if (start == end || written == chars.Length)
            {
                return written;
            }

            var status = Rune.DecodeFromUtf8(bytes.AsSpan(start, end - start), out _, out _);
            if (status == OperationStatus.NeedMoreData && !ended)
            {
                return written;
            }

            encoded = status == OperationStatus.Done ? Encoded.Utf8 : Encoded.Windows1252;
        }

        return written + (encoded == Encoded.Utf8 ? DecodeUtf8(chars[written..], row) : DecodeWindows1252(chars[written..]));
    }

    private int CopyAscii(Span<char> chars)
    {
        var written = 0;
        while (start < end && written < chars.Length && bytes[start] < 0x80)
        {
            chars[written++] = (char)bytes[start++];
        }

        return written;
    }

    private int DecodeUtf8(Span<char> chars, int row)
    {
        var status = Utf8.ToUtf16(bytes.AsSpan(start, end - start), chars, out var read, out var written, replaceInvalidSequences: false, isFinalBlock: ended);
        start += read;
        // What is good comes first, so that the reader is at the row at fault when it is refused.
        return status == OperationStatus.InvalidData && written == 0 ? throw CsvRefusals.MixedEncoding(row) : written;
    }

    private int DecodeWindows1252(Span<char> chars)
    {
        var written = 0;
        while (start < end && written < chars.Length)
        {
            var b = bytes[start++];
            chars[written++] = b is >= 0x80 and <= 0x9F ? Upper[b - 0x80] : (char)b;
        }

        return written;
    }
}
