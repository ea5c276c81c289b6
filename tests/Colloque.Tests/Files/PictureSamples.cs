using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Colloque.Tests.Files;

/// <summary>Pictures of 24 × 16 pixels as a browser wrote them, and ways to put into them what does not belong there.</summary>
internal static class PictureSamples
{
    /// <summary>What is planted, and must not come out.</summary>
    internal const string Planted = "planted-quetzal";

    private const string JpegText =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
        "AQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFla" +
        "AAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJY" +
        "WVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAA" +
        "E9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcg" +
        "LikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P" +
        "T0//wAARCAAQABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQF/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAUC/8QAHxEAAQQABwAAAAAA" +
        "AAAAAAAAAAIFERIBFCIxQVFh/9oADAMBAAIRAxEAPwChiANQiou2tuRtqtaOI2n3HsALFD//2Q==";

    private const string WebpText =
        "UklGRioCAABXRUJQVlA4WAoAAAAgAAAAFwAADwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
        "AQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFla" +
        "AAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJY" +
        "WVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAA" +
        "E9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggPAAAANACAJ0BKhgAEAA+tUieSackIqEwCADg" +
        "FolAFp0GDYAA/t6rzFsM//q/F/i2wL9a3/wrX+UX+8rifwgAAA==";

    private const string LosslessText =
        "UklGRg4CAABXRUJQVlA4WAoAAAAgAAAAFwAADwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
        "AQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFla" +
        "AAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJY" +
        "WVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAA" +
        "E9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDhMHwAAAC8XwAMAD/Az5s9kzsz8RwvEgkn+0ntD" +
        "iOh/xAQAAAAA";

    /// <summary>With a colour profile that names a company.</summary>
    internal static byte[] Jpeg => Convert.FromBase64String(JpegText);

    /// <summary>Lossy, with a colour profile.</summary>
    internal static byte[] Webp => Convert.FromBase64String(WebpText);

    /// <summary>Lossless, with a colour profile.</summary>
    internal static byte[] Lossless => Convert.FromBase64String(LosslessText);

    /// <summary>Two frames, each with a time, repeated for ever.</summary>
    internal static byte[] Gif =>
    [
        .. "GIF89a"u8, 24, 0, 16, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0,
        0x21, 0xF9, 4, 0, 10, 0, 0, 0, .. GifFrame, 0x21, 0xF9, 4, 0, 10, 0, 0, 0, .. GifFrame, 0x3B,
    ];

    internal static byte[] Png => PngOf(24, 16);

    internal static IEnumerable<(string Type, byte[] Content)> All =>
        [("image/jpeg", Jpeg), ("image/png", Png), ("image/gif", Gif), ("image/webp", Webp), ("image/webp", Lossless), ("image/webp", Animated)];

    /// <summary>Each with a planted word in every place that the format has for one, and behind its end.</summary>
    internal static IEnumerable<(string Type, byte[] Content)> Talkative =>
        [("image/jpeg", TalkativeJpeg(6)), ("image/png", TalkativePng), ("image/gif", TalkativeGif), ("image/webp", TalkativeWebp)];

    private static byte[] Word => Encoding.ASCII.GetBytes(Planted);

    private static byte[] GifFrame => [0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 2, 0x84, 0x51, 0];

    /// <summary>A grey picture, unpacked to what its header says, or to another size.</summary>
    internal static byte[] PngOf(int width, int height, int? unpacked = null, byte interlace = 0, byte[]? more = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[12] = interlace;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[unpacked ?? height * (1 + width)]);
        }

        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. more ?? [], .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A JPEG from a camera that was held on its side, with a place, a preview, a comment and another file behind it.</summary>
    internal static byte[] TalkativeJpeg(byte orientation)
    {
        byte[] exif = [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 2, 0, 0x0F, 0x01, 2, 0, 15, 0, 0, 0, 38, 0, 0, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0, .. Word];
        return [.. Jpeg[..2], .. Segment(0xE1, exif), .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Word]), .. Segment(0xED, Word), .. Segment(0xFE, Word), .. Jpeg[2..], .. Word, .. Jpeg];
    }

    /// <summary>A WebP file of these chunks.</summary>
    internal static byte[] Riff(params byte[][] chunks)
    {
        byte[] body = [.. "WEBP"u8, .. chunks.SelectMany(static c => c)];
        return [.. "RIFF"u8, .. Little(body.Length), .. body];
    }

    internal static byte[] RiffChunk(string type, byte[] content) => [.. Encoding.ASCII.GetBytes(type), .. Little(content.Length), .. content, .. new byte[content.Length % 2]];

    internal static byte[] Chunk(string type, byte[] content)
    {
        byte[] whole = [.. Encoding.ASCII.GetBytes(type), .. content];
        var crc = uint.MaxValue;
        foreach (var b in whole)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return [.. Big(content.Length), .. whole, .. Big((int)~crc)];
    }

    internal static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] TalkativePng => [
        .. PngOf(24, 16, more:
        [
            .. Chunk("tEXt", [.. "Author\0"u8, .. Word]), .. Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Word]), .. Chunk("eXIf", Word), .. Chunk("tIME", new byte[7]),
            .. Chunk("iCCP", [.. Word, 0, 0]), .. Chunk("prVt", Word),
        ]), .. Word,
    ];

    private static byte[] TalkativeGif
    {
        get
        {
            byte[] block = [(byte)Word.Length, .. Word, 0];
            return [.. Gif[..19], 0x21, 0xFE, .. block, 0x21, 0xFF, 11, .. "XMP DataXMP"u8, .. block, 0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x21, 1, 12, .. new byte[12], .. block, .. Gif[19..], .. Word];
        }
    }

    private static byte[] TalkativeWebp => [
        .. Riff(RiffChunk("VP8X", [0x2C, 0, 0, 0, 23, 0, 0, 15, 0, 0]), RiffChunk("ICCP", Word), Image(Webp), RiffChunk("EXIF", Word), RiffChunk("XMP ", Word), RiffChunk("WORD", Word)), .. Word,
    ];

    private static byte[] Animated
    {
        get
        {
            byte[] frame = [0, 0, 0, 0, 0, 0, 23, 0, 0, 15, 0, 0, 100, 0, 0, 0, .. Image(Webp)];
            return Riff(RiffChunk("VP8X", [2, 0, 0, 0, 23, 0, 0, 15, 0, 0]), RiffChunk("ANIM", new byte[6]), RiffChunk("ANMF", frame), RiffChunk("ANMF", frame));
        }
    }

    /// <summary>The image's own chunk, which comes last.</summary>
    private static byte[] Image(byte[] webp) => webp[webp.AsSpan().LastIndexOf("VP8 "u8)..];

    private static byte[] Big(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static byte[] Little(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24)];
}
