using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Colloque.Files;

/// <summary>WebP (RFC 9649), simple, extended and animated. Kept: image data, transparency and frames. EXIF, XMP, colour profiles and unknown chunks are not.</summary>
internal static class PictureWebp
{
    private const byte HasAlpha = 0x10;
    private const byte IsAnimated = 0x02;

    internal static (int Width, int Height) Clean(ReadOnlySpan<byte> content, ArrayBufferWriter<byte> clean)
    {
        var reader = new PictureReader(content);
        reader.Expect("RIFF"u8);
        var length = reader.LittleEndian32();
        reader.Expect("WEBP"u8);
        reader = new(reader.Take((long)length - 4));
        clean.Write("RIFF\0\0\0\0WEBP"u8);
        var chunk = Chunk(ref reader, out var type);
        var size = type.SequenceEqual("VP8X"u8) ? Extended(chunk, reader, clean) : Simple(type, chunk, clean);
        // Known only now; the writer is this call's own.
        BinaryPrimitives.WriteInt32LittleEndian(MemoryMarshal.AsMemory(clean.WrittenMemory).Span[4..], clean.WrittenCount - 8);
        return size;
    }

    private static (int Width, int Height) Simple(ReadOnlySpan<byte> type, ReadOnlySpan<byte> chunk, IBufferWriter<byte> clean)
    {
        var size = ImageSize(type, chunk);
        Write(clean, type, chunk);
        return size;
    }

    private static (int Width, int Height) Extended(ReadOnlySpan<byte> header, PictureReader reader, IBufferWriter<byte> clean)
    {
        if (header.Length != 10)
        {
            throw PictureRefusals.Unreadable();
        }

        var canvas = PictureCleaning.Sound(1 + Number24(header[4..]), 1 + Number24(header[7..]));
        var animated = (header[0] & IsAnimated) != 0;
        Write(clean, "VP8X"u8, [(byte)(header[0] & (HasAlpha | IsAnimated)), 0, 0, 0, .. header[4..]]);
        var frames = default(FrameCount);
        while (!reader.AtEnd)
        {
            var chunk = Chunk(ref reader, out var type);
            if (type.SequenceEqual("ANIM"u8) && animated && chunk.Length == 6 && frames.IsEmpty)
            {
                Write(clean, type, chunk);
            }
            else if (type.SequenceEqual("ANMF"u8) && animated)
            {
                CopyFrame(chunk, canvas, clean);
                frames.Add(canvas.Width, canvas.Height);
            }
            else if (type.SequenceEqual("ALPH"u8) && !animated && frames.IsEmpty)
            {
                Write(clean, type, chunk);
            }
            else if (IsImage(type) && !animated && frames.IsEmpty && ImageSize(type, chunk) == canvas)
            {
                Write(clean, type, chunk);
                frames.Add(canvas.Width, canvas.Height);
            }
            else if (IsImage(type) || type.SequenceEqual("VP8X"u8))
            {
                throw PictureRefusals.Unreadable();
            }
        }

        return frames.IsEmpty ? throw PictureRefusals.Unreadable() : canvas;
    }

    private static void CopyFrame(ReadOnlySpan<byte> frame, (int Width, int Height) canvas, IBufferWriter<byte> clean)
    {
        var reader = new PictureReader(frame);
        var head = reader.Take(16);
        var (left, top) = (2 * Number24(head), 2 * Number24(head[3..]));
        var (width, height) = (1 + Number24(head[6..]), 1 + Number24(head[9..]));
        if (left + width > canvas.Width || top + height > canvas.Height)
        {
            throw PictureRefusals.Unreadable();
        }

        var body = new ArrayBufferWriter<byte>(frame.Length);
        body.Write(head);
        var images = 0;
        while (!reader.AtEnd)
        {
            var chunk = Chunk(ref reader, out var type);
            if (IsImage(type) && ++images == 1 && ImageSize(type, chunk) == (width, height) || (type.SequenceEqual("ALPH"u8) && images == 0))
            {
                Write(body, type, chunk);
            }
        }

        if (images != 1)
        {
            throw PictureRefusals.Unreadable();
        }

        Write(clean, "ANMF"u8, body.WrittenSpan);
    }

    /// <summary>A chunk is padded to an even length; at the very end, some writers leave that out.</summary>
    private static ReadOnlySpan<byte> Chunk(ref PictureReader reader, out ReadOnlySpan<byte> type)
    {
        type = reader.Take(4);
        var length = reader.LittleEndian32();
        var chunk = reader.Take(length);
        if (length % 2 == 1 && !reader.AtEnd)
        {
            reader.Take(1);
        }

        return chunk;
    }

    private static bool IsImage(ReadOnlySpan<byte> type) => type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8);

    /// <summary>As the image data itself says: of a lossy one, in its key frame (RFC 6386, 9.1), of a lossless one after its mark.</summary>
    private static (int Width, int Height) ImageSize(ReadOnlySpan<byte> type, ReadOnlySpan<byte> chunk)
    {
        if (type.SequenceEqual("VP8 "u8) && chunk.Length > 10 && (chunk[0] & 1) == 0 && chunk[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
        {
            return PictureCleaning.Sound(BinaryPrimitives.ReadUInt16LittleEndian(chunk[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(chunk[8..]) & 0x3FFF);
        }

        if (type.SequenceEqual("VP8L"u8) && chunk.Length > 5 && chunk[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[1..]);
            return PictureCleaning.Sound((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
        }

        throw PictureRefusals.Unreadable();
    }

    private static int Number24(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);

    private static void Write(IBufferWriter<byte> clean, ReadOnlySpan<byte> type, ReadOnlySpan<byte> chunk)
    {
        Span<byte> head = stackalloc byte[8];
        type.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], chunk.Length);
        clean.Write(head);
        clean.Write(chunk);
        if (chunk.Length % 2 == 1)
        {
            clean.Write((ReadOnlySpan<byte>)[0]);
        }
    }
}
