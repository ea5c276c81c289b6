using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Colloque.Files;

/// <summary>
/// PNG (W3C, third edition). Kept: the header, the palette, what is transparent, the colour space in numbers, and the image data; its
/// frames, if it is animated, are not. The data must unpack to just the size that the header states.
/// </summary>
internal static class PicturePng
{
    internal static ReadOnlySpan<byte> Mark => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(static n => CrcOf((uint)n))];

    internal static (int Width, int Height) Clean(ReadOnlySpan<byte> content, ArrayBufferWriter<byte> clean)
    {
        var reader = new PictureReader(content);
        reader.Expect(Mark);
        clean.Write(Mark);
        var header = Chunk(ref reader, out var type);
        if (!type.SequenceEqual("IHDR"u8) || !IsHeader(header))
        {
            throw PictureRefusals.Unreadable();
        }

        var size = PictureCleaning.Sound(BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        Write(clean, type, header);
        var packed = new List<Range>();
        var (palette, ended) = (false, false);
        while (!ended)
        {
            var chunk = Chunk(ref reader, out type);
            if (type.SequenceEqual("IDAT"u8))
            {
                // Before its end lie four bytes of checksum.
                var end = content.Length - reader.Rest.Length - 4;
                packed.Add((end - chunk.Length)..end);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                ended = true;
            }
            else if (IsKept(type, chunk.Length) && packed.Count == 0)
            {
                palette |= type.SequenceEqual("PLTE"u8);
                Write(clean, type, chunk);
            }
            else if (char.IsAsciiLetterUpper((char)type[0]))
            {
                // Critical: whoever does not know it cannot show the picture.
                throw PictureRefusals.Unreadable();
            }
        }

        if ((header[9] == 3 && !palette) || !UnpacksTo(WriteImage(clean, content, packed), UnpackedSize(header, size)))
        {
            throw PictureRefusals.Unreadable();
        }

        Write(clean, "IEND"u8, []);
        return size;
    }

    /// <summary>All image data in one chunk; answers with where it lies.</summary>
    private static ArraySegment<byte> WriteImage(ArrayBufferWriter<byte> clean, ReadOnlySpan<byte> content, List<Range> packed)
    {
        var length = packed.Sum(static r => r.End.Value - r.Start.Value);
        var whole = clean.GetSpan(12 + length);
        BinaryPrimitives.WriteInt32BigEndian(whole, length);
        "IDAT"u8.CopyTo(whole[4..]);
        var at = 8;
        foreach (var range in packed)
        {
            content[range].CopyTo(whole[at..]);
            at += range.End.Value - range.Start.Value;
        }

        BinaryPrimitives.WriteUInt32BigEndian(whole[at..], Crc(whole[4..at]));
        clean.Advance(12 + length);
        return MemoryMarshal.TryGetArray(clean.WrittenMemory[^(length + 4)..^4], out var segment) ? segment : default;
    }

    private static ReadOnlySpan<byte> Chunk(ref PictureReader reader, out ReadOnlySpan<byte> type)
    {
        var length = reader.BigEndian32();
        var whole = reader.Rest;
        type = reader.Take(4);
        var chunk = reader.Take(length);
        return reader.BigEndian32() == Crc(whole[..(4 + chunk.Length)]) ? chunk : throw PictureRefusals.Unreadable();
    }

    /// <summary>Sizes are looked at too: what has a length of its own choice could say anything.</summary>
    private static bool IsKept(ReadOnlySpan<byte> type, int length) =>
        type.SequenceEqual("PLTE"u8) ? length is > 0 and <= 768 && length % 3 == 0
        : type.SequenceEqual("tRNS"u8) ? length is > 0 and <= 256
        : type.SequenceEqual("gAMA"u8) ? length == 4
        : type.SequenceEqual("cHRM"u8) ? length == 32
        : type.SequenceEqual("sRGB"u8) && length == 1;

    private static bool IsHeader(ReadOnlySpan<byte> header) =>
        header.Length == 13 && header[10] == 0 && header[11] == 0 && header[12] <= 1 && (header[9], header[8]) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16) => true,
            _ => false,
        };

    private static long UnpackedSize(ReadOnlySpan<byte> header, (int Width, int Height) size)
    {
        var bits = header[8] * (header[9] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 });
        if (header[12] == 0)
        {
            return PassSize(size.Width, size.Height, bits);
        }

        // Adam7: where each pass begins and how far apart its pixels are, across and down.
        var total = 0L;
        foreach (var (x, y, across, down) in (ReadOnlySpan<(int, int, int, int)>)[(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)])
        {
            total += PassSize((size.Width - x + across - 1) / across, (size.Height - y + down - 1) / down, bits);
        }

        return total;
    }

    // Each row has a byte before it that names its filter.
    private static long PassSize(int width, int height, int bits) => width <= 0 || height <= 0 ? 0 : height * (1 + (((long)width * bits) + 7) / 8);

    private static bool UnpacksTo(ArraySegment<byte> packed, long size)
    {
        using var unpacked = new ZLibStream(new MemoryStream(packed.Array!, packed.Offset, packed.Count, writable: false), CompressionMode.Decompress);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var total = 0L;
            for (int read; total <= size && (read = unpacked.Read(buffer)) > 0;)
            {
                total += read;
            }

            return total == size;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Write(IBufferWriter<byte> clean, ReadOnlySpan<byte> type, ReadOnlySpan<byte> chunk)
    {
        var whole = clean.GetSpan(12 + chunk.Length);
        BinaryPrimitives.WriteUInt32BigEndian(whole, (uint)chunk.Length);
        type.CopyTo(whole[4..]);
        chunk.CopyTo(whole[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(whole[(8 + chunk.Length)..], Crc(whole[4..(8 + chunk.Length)]));
        clean.Advance(12 + chunk.Length);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = CrcTable[(byte)crc ^ b] ^ (crc >> 8);
        }

        return ~crc;
    }

    // The reversed polynomial of ISO 3309, which PNG uses (annex D).
    private static uint CrcOf(uint n)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            n = (n & 1) == 0 ? n >> 1 : (n >> 1) ^ 0xEDB88320;
        }

        return n;
    }
}
