using System.Buffers.Binary;

namespace Colloque.Files;

/// <summary>
/// How many pixels a picture says it has. A few kilobytes may claim gigapixels, and whoever opens it pays for them: the server decodes
/// nothing, so the limit is for the devices of those who read.
/// </summary>
internal static class ImageSize
{
    /// <summary>Above what cameras and scanners of this day make.</summary>
    internal const long MaxPixels = PictureCleaning.MaxPixels;

    private const int MaxSegments = 1_000;

    /// <summary>False for more than <see cref="MaxPixels"/>, for none, and where no size is found; true for what is no picture.</summary>
    internal static async Task<bool> IsSoundAsync(FileType type, Stream content, byte[] head, CancellationToken cancellationToken)
    {
        var size = type == FileType.Jpeg ? await OfJpegAsync(content, cancellationToken)
            : type == FileType.Png ? OfPng(head)
            : type == FileType.Gif ? OfGif(head)
            : type == FileType.Webp ? OfWebp(head)
            : (Width: 1, Height: 1);
        return size is { Width: > 0, Height: > 0 } && (long)size.Width * size.Height <= MaxPixels;
    }

    private static (int Width, int Height) OfPng(ReadOnlySpan<byte> head) =>
        head.Length < 24 ? default : (BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]));

    private static (int Width, int Height) OfGif(ReadOnlySpan<byte> head) =>
        head.Length < 10 ? default : (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]));

    /// <summary>RFC 9649: the lossy, the lossless and the extended form say it each in their own way.</summary>
    private static (int Width, int Height) OfWebp(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30)
        {
            return default;
        }

        switch (head[15])
        {
            case (byte)' ':
                return (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF);
            case (byte)'L':
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
                return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
            case (byte)'X':
                return ((BinaryPrimitives.ReadInt32LittleEndian(head[24..]) & 0xFFFFFF) + 1, (BinaryPrimitives.ReadInt32LittleEndian(head[26..]) >> 8 & 0xFFFFFF) + 1);
            default:
                return default;
        }
    }

    /// <summary>Walks the segments to the frame header (ITU-T T.81, B.2.2); a photo's other segments may fill hundreds of kilobytes.</summary>
    private static async Task<(int Width, int Height)> OfJpegAsync(Stream content, CancellationToken cancellationToken)
    {
        var segment = new byte[9];
        var at = 2L;
        for (var i = 0; i < MaxSegments && at + segment.Length <= content.Length; i++)
        {
            content.Position = at;
            await content.ReadExactlyAsync(segment, cancellationToken);
            var marker = segment[1];
            if (segment[0] != 0xFF)
            {
                return default;
            }

            if (marker == 0xFF)
            {
                // Padding before a marker.
                at++;
                continue;
            }

            // Start of frame: C0 to CF but for the tables C4, C8, CC.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(7)), BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(5)));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(2));
        }

        return default;
    }
}
