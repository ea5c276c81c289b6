using System.Buffers;
using System.Buffers.Binary;

namespace Colloque.Files;

/// <summary>
/// JPEG (ITU-T T.81), baseline and progressive. Kept: tables, frame, scans, and of the application segments what decides colours
/// (JFIF's presence, Adobe's transform) and which side is up (one tag of EXIF), each written anew.
/// </summary>
internal static class PictureJpeg
{
    // A progressive picture has some ten; each costs its reader a pass over all pixels.
    private const int MaxScans = 64;

    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    internal static (int Width, int Height) Clean(ReadOnlySpan<byte> content, IBufferWriter<byte> clean)
    {
        // Twice, because what is written first may come last; a copy of the whole would cost more.
        var (size, jfif, orientation, transform) = Walk(content, body: null);
        clean.Write((ReadOnlySpan<byte>)[0xFF, 0xD8]);
        WriteHead(clean, jfif, orientation, transform);
        Walk(content, clean);
        clean.Write((ReadOnlySpan<byte>)[0xFF, EndOfImage]);
        return size;
    }

    private static ((int Width, int Height) Size, bool Jfif, int Orientation, int Transform) Walk(ReadOnlySpan<byte> content, IBufferWriter<byte>? body)
    {
        var reader = new PictureReader(content);
        reader.Expect([0xFF, 0xD8]);
        var (width, height, scans, jfif, orientation, transform) = (0, 0, 0, false, 1, -1);
        for (var marker = NextMarker(ref reader); marker != EndOfImage; marker = NextMarker(ref reader))
        {
            var segment = reader.Take(Math.Max(2, (int)reader.BigEndian16()) - 2);
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2 when width == 0:
                    (width, height) = FrameSize(segment);
                    Write(body, marker, segment);
                    break;
                case 0xC4 or 0xDB or 0xDD:
                    Write(body, marker, segment);
                    break;
                case StartOfScan when width > 0 && ++scans <= MaxScans && segment.Length > 0 && segment.Length == 4 + (2 * segment[0]):
                    Write(body, marker, segment);
                    var scan = ScanOf(ref reader);
                    body?.Write(scan);
                    break;
                case 0xE0:
                    jfif |= segment.StartsWith("JFIF\0"u8);
                    break;
                case 0xE1 when segment.StartsWith("Exif\0\0"u8):
                    orientation = OrientationOf(segment[6..]) ?? orientation;
                    break;
                case 0xEE when segment.StartsWith("Adobe"u8) && segment.Length >= 12:
                    transform = segment[11];
                    break;
                case (>= 0xE0 and <= 0xEF) or 0xFE:
                    break;
                default:
                    throw PictureRefusals.Unreadable();
            }
        }

        if (scans == 0)
        {
            throw PictureRefusals.Unreadable();
        }

return ((width, height), jfif, orientation, transform);
    }

    private static byte NextMarker(ref PictureReader reader)
    {
        reader.Expect([0xFF]);
        byte marker;
        do
        {
            marker = reader.Byte();
        }
        while (marker == 0xFF);
        return marker;
    }

    /// <summary>The compressed data of a scan: up to the next marker that is not a restart within it.</summary>
    private static ReadOnlySpan<byte> ScanOf(ref PictureReader reader)
    {
        var rest = reader.Rest;
        var at = 0;
        while (true)
        {
            var mark = rest[at..].IndexOf((byte)0xFF);
            if (mark < 0 || at + mark + 1 >= rest.Length)
            {
                throw PictureRefusals.Unreadable();
            }

            at += mark;
            if (rest[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                return reader.Take(at);
            }

            at += 2;
        }
    }

    private static (int Width, int Height) FrameSize(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 6 || frame[0] != 8 || frame[5] is not (1 or 3 or 4) || frame.Length != 6 + (3 * frame[5]))
        {
            throw PictureRefusals.Unreadable();
        }

        for (var component = 6; component < frame.Length; component += 3)
        {
            if (frame[component + 1] >> 4 is < 1 or > 4 || (frame[component + 1] & 15) is < 1 or > 4)
            {
                throw PictureRefusals.Unreadable();
            }
        }

        return PictureCleaning.Sound(BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..]));
    }

    /// <summary>Tag 0x0112 of the first directory (TIFF 6.0); null where there is none that makes sense.</summary>
    private static int? OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
        {
            return null;
        }

        var little = tiff[0] == 'I';
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return null;
        }

        var entries = tiff[((int)directory + 2)..];
        for (var count = Number(tiff[(int)directory..], little); count > 0 && entries.Length >= 12; count--, entries = entries[12..])
        {
            if (Number(entries, little) == 0x0112)
            {
                return Number(entries[8..], little) is >= 1 and <= 8 and var orientation ? orientation : null;
            }
        }

        return null;
    }

    private static ushort Number(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static void WriteHead(IBufferWriter<byte> clean, bool jfif, int orientation, int transform)
    {
        if (jfif)
        {
            Write(clean, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        }

        if (orientation != 1)
        {
            Write(clean, 0xE1, [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]);
        }

        if (transform >= 0)
        {
            Write(clean, 0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, (byte)transform]);
        }
    }

    private static void Write(IBufferWriter<byte>? clean, byte marker, ReadOnlySpan<byte> segment)
    {
        if (clean is null)
        {
            return;
        }

        var length = segment.Length + 2;
        clean.Write((ReadOnlySpan<byte>)[0xFF, marker, (byte)(length >> 8), (byte)length]);
        clean.Write(segment);
    }
}
