namespace Colloque.Files;

/// <summary>Tells a type by the content's own marks, never by its name or by what a client says.</summary>
internal static class ContentSignature
{
    private const int HeadSize = 4096;

    // Of ISO base media files (ISO/IEC 14496-12), the brands that audio recorders write; not those of pictures (heic, avif) or QuickTime.
    private static readonly string[] AudioBrands = ["M4A ", "M4B ", "mp41", "mp42", "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "dash", "MSNV"];

    /// <summary>Whether the content is of the type. Reads a few kilobytes: of photos their segments' heads, of Word documents their tables, of recordings what their tracks are.</summary>
    internal static async Task<bool> FitsAsync(FileType type, Stream content, CancellationToken cancellationToken)
    {
        var head = new byte[(int)Math.Min(HeadSize, content.Length)];
        content.Position = 0;
        await content.ReadExactlyAsync(head, cancellationToken);
        if (type == FileType.Doc)
        {
            return await WordBinary.IsAsync(content, cancellationToken);
        }

        return type == FileType.Docx ? await WordPackage.IsAsync(content, cancellationToken)
            : Fits(type, head) && await ImageSize.IsSoundAsync(type, content, head, cancellationToken) && await SoundCheck.IsAloneAsync(type, content, cancellationToken);
    }

    private static bool Fits(FileType type, ReadOnlySpan<byte> head) =>
        type == FileType.Jpeg ? head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        : type == FileType.Png ? head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) && At(head, 12, "IHDR"u8)
        : type == FileType.Gif ? head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)
        : type == FileType.Webp ? head.StartsWith("RIFF"u8) && At(head, 8, "WEBPVP8"u8)
        : type == FileType.Pdf ? head.StartsWith("%PDF-"u8)
        : type == FileType.Ogg ? head.StartsWith("OggS\0"u8)
        : type == FileType.Webm ? IsWebm(head)
        : type == FileType.M4a && At(head, 4, "ftyp"u8) && head.Length >= 12 && AudioBrands.Contains(System.Text.Encoding.Latin1.GetString(head.Slice(8, 4)));

    private static bool At(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> mark) => head.Length >= offset && head[offset..].StartsWith(mark);

    /// <summary>An EBML header (RFC 8794) whose DocType (element 0x4282) is "webm"; with another DocType it is Matroska, or anything.</summary>
    private static bool IsWebm(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) || head.Length < 5)
        {
            return false;
        }

        // The header's length is a variable-size integer; one byte in every real file, eight in some streams.
        var width = System.Numerics.BitOperations.LeadingZeroCount((uint)head[4]) - 23;
        var header = head[4..];
        header = width is >= 1 and <= 8 && header.Length > width ? header[width..Math.Min(header.Length, width + 128)] : [];
        return header.IndexOf((ReadOnlySpan<byte>)[0x42, 0x82, 0x84, (byte)'w', (byte)'e', (byte)'b', (byte)'m']) >= 0;
    }
}
