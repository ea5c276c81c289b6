using System.Buffers.Binary;

namespace Colloque.Files;

/// <summary>
/// Whether a recording is of sound alone: its container is walked to every track it declares. A video under the name of a voice message is not what was announced, and what is no
/// whole container is nothing.
/// </summary>
internal static class SoundCheck
{
    // What may stand beside sound: chapters, subtitles, times.
    private static readonly string[] Silent = ["text", "sbtl", "subt", "meta", "hint", "tmcd", "mdir"];

    /// <summary>True for a recording with sound and no picture, and for what is no recording at all.</summary>
    internal static async Task<bool> IsAloneAsync(FileType type, Stream content, CancellationToken cancellationToken)
    {
        var bytes = new ContentWindow(content);
        return type == FileType.M4a ? await OfMp4Async(bytes, 0, content.Length, [], cancellationToken) is { } tracks && tracks.Contains("soun") && tracks.All(static t => t == "soun" || Silent.Contains(t))
            : type == FileType.Webm ? await OfWebmAsync(bytes, cancellationToken)
            : type != FileType.Ogg || await OfOggAsync(bytes, cancellationToken);
    }

    /// <summary>What the tracks are for (ISO/IEC 14496-12, 8.4.3); null for boxes that do not fit into each other.</summary>
    private static async Task<List<string>?> OfMp4Async(ContentWindow bytes, long at, long end, List<string> tracks, CancellationToken cancellationToken)
    {
        while (at < end)
        {
            if (await bytes.ReadAsync(at, 16, cancellationToken) is not { Length: >= 8 } head)
            {
                return null;
            }

            long size = BinaryPrimitives.ReadUInt32BigEndian(head.Span);
            var header = 8;
            if (size == 1 && head.Length == 16)
            {
                (size, header) = ((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head.Span[8..]), long.MaxValue), 16);
            }

            size = size == 0 ? end - at : size;
            if (size < header || size > end - at)
            {
                return null;
            }

            var type = System.Text.Encoding.Latin1.GetString(head.Span.Slice(4, 4));
            if (type is "moov" or "trak" or "mdia" && await OfMp4Async(bytes, at + header, at + size, tracks, cancellationToken) is null)
            {
                return null;
            }

            // A movie that is packed shows its tracks to players alone.
            if (type == "cmov")
            {
                return null;
            }

            if (type == "hdlr" && await bytes.ReadAsync(at + header + 8, 4, cancellationToken) is { Length: 4 } handler)
            {
                tracks.Add(System.Text.Encoding.Latin1.GetString(handler.Span));
            }

            at += size;
        }

        return tracks;
    }

    /// <summary>
    /// Elements one after the other (RFC 8794), into those that hold tracks (RFC 9559): a recorder that did not know how long it would be leaves sizes open, so a cluster may have to be
    /// walked too. What breaks off at its end is as long as it is.
    /// </summary>
    private static async Task<bool> OfWebmAsync(ContentWindow bytes, CancellationToken cancellationToken)
    {
        const ulong segment = 0x18538067, cluster = 0x1F43B675, tracks = 0x1654AE6B, entry = 0xAE, trackType = 0x83;
        var sounds = 0;
        for (var at = 0L; at < bytes.Length;)
        {
            var head = await bytes.ReadAsync(at, 12, cancellationToken);
            if (!Number(head.Span, 4, keepMark: true, out var id, out var idWidth) || !Number(head.Span[idWidth..], 8, keepMark: false, out var size, out var sizeWidth))
            {
                break;
            }

            at += idWidth + sizeWidth;
            var open = size == (1UL << (7 * sizeWidth)) - 1;
            if (id == trackType && size is > 0 and <= 8)
            {
                var value = await bytes.ReadAsync(at, (int)size, cancellationToken);
                if (value.Length != (int)size || value.Span[^1] is not (2 or 0x11))
                {
                    return false;
                }

                sounds += value.Span[^1] == 2 ? 1 : 0;
            }

            if (id is segment or tracks or entry || (id == cluster && open))
            {
                continue;
            }

            if (open || size > (ulong)(bytes.Length - at))
            {
                break;
            }

            at += (long)size;
        }

        return sounds > 0;
    }

    /// <summary>A number of variable width: as many zero bits before the first one as bytes follow.</summary>
    private static bool Number(ReadOnlySpan<byte> bytes, int most, bool keepMark, out ulong number, out int width)
    {
        (number, width) = (0, bytes.IsEmpty ? 0 : System.Numerics.BitOperations.LeadingZeroCount((uint)bytes[0]) - 23);
        if (width < 1 || width > most || width > bytes.Length)
        {
            return false;
        }

        number = keepMark ? bytes[0] : (ulong)(bytes[0] & ((1 << (8 - width)) - 1));
        for (var i = 1; i < width; i++)
        {
            number = (number << 8) | bytes[i];
        }

        return true;
    }

    /// <summary>Pages without a gap (RFC 3533); each stream says on its first what it is. A later one may begin anywhere.</summary>
    private static async Task<bool> OfOggAsync(ContentWindow bytes, CancellationToken cancellationToken)
    {
        var sounds = 0;
        for (var at = 0L; at < bytes.Length;)
        {
            // A page has at most 255 lengths after its 27 bytes.
            var head = await bytes.ReadAsync(at, 27 + 255, cancellationToken);
            if (head.Length < 27 || !head.Span.StartsWith("OggS\0"u8))
            {
                return false;
            }

            int lengths = head.Span[26], body = 0;
            if (head.Length < 27 + lengths)
            {
                return sounds > 0;
            }

            foreach (var length in head.Span.Slice(27, lengths))
            {
                body += length;
            }

            if ((head.Span[5] & 2) != 0)
            {
                var codec = await bytes.ReadAsync(at + 27 + lengths, 8, cancellationToken);
                if (!IsSound(codec.Span) && !codec.Span.StartsWith("fishead\0"u8))
                {
                    return false;
                }

                sounds += IsSound(codec.Span) ? 1 : 0;
            }

            at += 27 + lengths + body;
        }

        return sounds > 0;
    }

    private static bool IsSound(ReadOnlySpan<byte> codec) =>
        codec.StartsWith("OpusHead"u8) || codec.StartsWith("\u0001vorbis"u8) || codec.StartsWith("Speex   "u8) || codec.StartsWith("\u007FFLAC"u8);
}
