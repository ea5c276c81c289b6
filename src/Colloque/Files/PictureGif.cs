using System.Buffers;

namespace Colloque.Files;

/// <summary>GIF (87a and 89a). Kept: the screen, colour tables, frames with their timing, and how often it repeats. Comments, texts and other programs' blocks are not.</summary>
internal static class PictureGif
{
    private const byte Extension = 0x21;
    private const byte Frame = 0x2C;
    private const byte Trailer = 0x3B;

    internal static (int Width, int Height) Clean(ReadOnlySpan<byte> content, IBufferWriter<byte> clean)
    {
        var reader = new PictureReader(content);
        clean.Write(reader.Take(6));
        var screen = reader.Take(7);
        clean.Write(screen);
        clean.Write(ColourTable(ref reader, screen[4]));
        var size = PictureCleaning.Sound(screen[0] | (screen[1] << 8), screen[2] | (screen[3] << 8));
        var frames = default(FrameCount);
        byte[] timing = [];
        for (var block = reader.Byte(); block != Trailer; block = reader.Byte())
        {
            switch (block)
            {
                case Frame:
                    clean.Write(timing);
                    timing = [];
                    CopyFrame(ref reader, clean, size, ref frames);
                    break;
                case Extension when reader.Byte() is var label:
                    var extension = Blocks(ref reader);
                    // 0xF9 goes with the frame that follows; a text in between would have been what it timed.
                    timing = label == 0xF9 && extension.Length == 6 && extension[0] == 4 ? [Extension, label, .. extension] : label == 1 ? [] : timing;
                    if (label == 0xFF && IsRepeat(extension))
                    {
                        clean.Write((ReadOnlySpan<byte>)[Extension, label]);
                        clean.Write(extension);
                    }

                    break;
                default:
                    throw PictureRefusals.Unreadable();
            }
        }

        if (frames.IsEmpty)
        {
            throw PictureRefusals.Unreadable();
        }

        clean.Write((ReadOnlySpan<byte>)[Trailer]);
        return size;
    }

    private static void CopyFrame(ref PictureReader reader, IBufferWriter<byte> clean, (int Width, int Height) screen, ref FrameCount frames)
    {
        var frame = reader.Take(9);
        var (left, top, width, height) = (frame[0] | (frame[1] << 8), frame[2] | (frame[3] << 8), frame[4] | (frame[5] << 8), frame[6] | (frame[7] << 8));
        if (width < 1 || height < 1 || left + width > screen.Width || top + height > screen.Height)
        {
            throw PictureRefusals.Unreadable();
        }

        // However small: a browser paints the whole screen for each.
        frames.Add(screen.Width, screen.Height);
        clean.Write((ReadOnlySpan<byte>)[Frame]);
        clean.Write(frame);
        clean.Write(ColourTable(ref reader, frame[8]));
        var codeSize = reader.Byte();
        if (codeSize is < 2 or > 8)
        {
            throw PictureRefusals.Unreadable();
        }

        clean.Write((ReadOnlySpan<byte>)[codeSize]);
        clean.Write(Blocks(ref reader));
    }

    private static ReadOnlySpan<byte> ColourTable(ref PictureReader reader, byte flags) => (flags & 0x80) == 0 ? [] : reader.Take(3 << ((flags & 7) + 1));

    /// <summary>Blocks of at most 255 bytes, each with its length before it; an empty one ends them.</summary>
    private static ReadOnlySpan<byte> Blocks(ref PictureReader reader)
    {
        var ahead = reader;
        var total = 0;
        byte length;
        do
        {
            length = ahead.Byte();
            ahead.Take(length);
            total += 1 + length;
        }
        while (length > 0);
        return reader.Take(total);
    }

    /// <summary>Eleven bytes that name the block, and three that say how often.</summary>
    private static bool IsRepeat(ReadOnlySpan<byte> blocks) =>
        blocks.Length == 17 && blocks[0] == 11 && (blocks[1..12].SequenceEqual("NETSCAPE2.0"u8) || blocks[1..12].SequenceEqual("ANIMEXTS1.0"u8)) && blocks[12] == 3 && blocks[13] == 1;
}
