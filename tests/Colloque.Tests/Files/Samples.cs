using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Colloque.Tests.Files;

/// <summary>The smallest content of each type that is one, and things that pretend.</summary>
internal static class Samples
{
    internal static readonly IReadOnlyDictionary<string, (string Name, byte[] Content)> ByType = new Dictionary<string, (string, byte[])>(StringComparer.Ordinal)
    {
        ["image/jpeg"] = ("photo.jpg", Jpeg(640, 480)),
        ["image/png"] = ("scan.PNG", Png(8, 8)),
        ["image/gif"] = ("anim.gif", [.. "GIF89a"u8, 8, 0, 8, 0, .. Tail(100)]),
        ["image/webp"] = ("photo.webp", Webp(' ', [0, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xE0, 0x01])),
        ["application/pdf"] = ("letter.pdf", [.. "%PDF-1.7\n"u8, .. Tail(300)]),
        ["application/msword"] = ("letter.doc", Doc("WordDocument")),
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ("letter.docx", Docx()),
        ["audio/ogg"] = ("voice.ogg", Recordings.Ogg),
        ["audio/webm"] = ("voice.webm", Recordings.Webm),
        ["audio/mp4"] = ("voice.m4a", Recordings.M4a),
    };

    /// <summary>A JPEG whose frame header comes after a large segment, as a camera's preview is.</summary>
    internal static byte[] Jpeg(ushort width, ushort height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0xEA, 0x60, .. Tail(0xEA60 - 2),
        0xFF, 0xFF, 0xC2, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, .. Tail(200),
    ];

    internal static byte[] Png(int width, int height)
    {
        byte[] bytes = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[8], 8, 2, 0, 0, 0, .. Tail(100)];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    /// <summary>A WebP of one form and the bytes that its first chunk begins with.</summary>
    internal static byte[] Webp(char form, byte[] chunk) => [.. "RIFF"u8, 100, 0, 0, 0, .. "WEBPVP8"u8, (byte)form, 90, 0, 0, 0, .. chunk, .. Tail(100)];

    /// <summary>A Word package with these parts.</summary>
    internal static byte[] Docx(params string[] more)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["[Content_Types].xml", "word/document.xml", .. more])
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes("<x/>"));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Any ZIP.</summary>
    internal static byte[] Zip(params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                zip.CreateEntry(name);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A Word package whose directory states this size for a part.</summary>
    internal static byte[] Bomb(uint unpacked)
    {
        var bytes = Docx();
        var entry = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 24), unpacked);
        return bytes;
    }

    /// <summary>A compound file of one allocation sector and one directory sector with these entries.</summary>
    internal static byte[] Doc(params string[] entries)
    {
        var bytes = new byte[4 * 512];
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(bytes);
        bytes[26] = 3;
        bytes[30] = 9;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(48), 1);
        bytes.AsSpan(80, 432).Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(76), 0);
        bytes.AsSpan(512, 512).Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(512 + 4), 0xFFFFFFFE);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = bytes.AsSpan(1024 + (128 * i), 128);
            Encoding.Unicode.GetBytes(entries[i], entry);
            entry[64] = (byte)(2 * (entries[i].Length + 1));
        }

        return bytes;
    }

    /// <summary>The same, with a directory whose chain of sectors is a circle.</summary>
    internal static byte[] CircularDoc()
    {
        var bytes = Doc("Root Entry");
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(512 + 4), 1);
        return bytes;
    }

    private static byte[] Tail(int size) => Disk.Bytes(size);
}
