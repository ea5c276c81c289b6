using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace Colloque.Files;

/// <summary>
/// Looks into the parts of a Word package: each unpacks to just the size its directory states, none is a program, a macro project, an archive
/// or an embedded object, and nothing but a link to click leads out of the document.
/// </summary>
internal static class PackageCheck
{
    private const int LocalHeaderSize = 30;
    private const int BufferSize = 64 * 1024;

    // What word processors put into a document that is only to be read: texts, pictures, fonts.
    private static readonly string[] Extensions = ["xml", "rels", "png", "jpg", "jpeg", "jfif", "gif", "bmp", "tif", "tiff", "emf", "wmf", "webp", "wdp", "odttf", "fntdata", "vml"];

    // Of relationships: parts that are run, or opened by another program, wherever they lie.
    private static readonly string[] Acting =
    [
        "/aFChunk", "/oleObject", "/package", "/control", "/activeXControlBinary", "/vbaProject", "/wordVbaData", "/attachedToolbars", "/subDocument", "/extensibility", "/mailMergeSource", "/mailMergeHeaderSource",
    ];

    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto, "tel"];

    /// <exception cref="Refusal">422 <c>active_content</c>, <c>unpacks_too_large</c> or <c>content_mismatch</c>.</exception>
    internal static async Task RunAsync(Stream content, IReadOnlyList<PackagePart> parts, CancellationToken cancellationToken)
    {
        // Parts that share bytes are how a small archive becomes a large one.
        if (parts.Sum(static p => (long)p.Packed + LocalHeaderSize) > content.Length)
        {
            throw FileRefusals.UnpacksTooLarge();
        }

        if (parts.DistinctBy(static p => p.Name, StringComparer.OrdinalIgnoreCase).Count() < parts.Count)
        {
            // Readers differ in which of two they take.
            throw FileRefusals.ContentMismatch();
        }

        foreach (var part in parts.Where(static p => !p.Name.EndsWith('/')))
        {
            if (IsActing(part.Name))
            {
                throw FileRefusals.ActiveContent();
            }

            await CheckAsync(content, part, cancellationToken);
        }
    }

    private static bool IsActing(string name)
    {
        var dot = name.LastIndexOf('.');
        var extension = dot < 0 ? "" : name[(dot + 1)..];
        // Word keeps a printer's settings beside the text: bytes for the printer's driver alone.
        var known = Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase)
            || (extension.Equals("bin", StringComparison.OrdinalIgnoreCase) && name.Contains("printerSettings", StringComparison.OrdinalIgnoreCase));
        return !known || name.Contains("vbaData", StringComparison.OrdinalIgnoreCase) || name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase)
            || name.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task CheckAsync(Stream content, PackagePart part, CancellationToken cancellationToken)
    {
        await UnpackAsync(content, part, cancellationToken);
        if (part.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
        {
            await ReadXmlAsync(content, part, static node => OnElement(node, CheckLink), cancellationToken);
        }
        else if (part.Name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase))
        {
            await ReadXmlAsync(content, part, static node => OnElement(node, CheckType), cancellationToken);
        }
        else if (part.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || part.Name.EndsWith(".vml", StringComparison.OrdinalIgnoreCase))
        {
            await ReadXmlAsync(content, part, new FieldCheck().Take, cancellationToken);
        }
    }

    private static void OnElement(XmlReader node, Action<XmlReader> check)
    {
        if (node.NodeType == XmlNodeType.Element)
        {
            check(node);
        }
    }

    /// <summary>To its end, counted: a directory may state any size.</summary>
    private static async Task UnpackAsync(Stream content, PackagePart part, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var unpacked = await OpenAsync(content, part, cancellationToken);
            var total = 0L;
            int read;
            while ((read = await unpacked.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                if (total == 0 && IsForeign(buffer.AsSpan(0, read)))
                {
                    throw FileRefusals.ActiveContent();
                }

                total += read;
                if (total > part.Unpacked)
                {
                    throw FileRefusals.UnpacksTooLarge();
                }
            }

            if (total < part.Unpacked)
            {
                throw FileRefusals.ContentMismatch();
            }
        }
        catch (InvalidDataException)
        {
            throw FileRefusals.ContentMismatch();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>By its first bytes: an archive, a compound file, a program, a page, whatever its name says.</summary>
    private static bool IsForeign(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) || head.StartsWith("MZ"u8) || head.StartsWith("\u007FELF"u8)
        || head.StartsWith("Rar!"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]) || head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || head.StartsWith("%PDF"u8) || head.StartsWith("{\\rt"u8);

    private static async Task<Stream> OpenAsync(Stream content, PackagePart part, CancellationToken cancellationToken)
    {
        var header = new byte[LocalHeaderSize];
        if (part.Header + (long)LocalHeaderSize > content.Length || part.Method is not (0 or 8) || (part.Flags & 1) != 0)
        {
            throw FileRefusals.ContentMismatch();
        }

        content.Position = part.Header;
        await content.ReadExactlyAsync(header, cancellationToken);
        var start = part.Header + (long)LocalHeaderSize + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        if (!header.AsSpan().StartsWith("PK\u0003\u0004"u8) || start + part.Packed > content.Length)
        {
            throw FileRefusals.ContentMismatch();
        }

        var packed = new StreamSlice(content, start, part.Packed);
        return part.Method == 0 ? packed : new DeflateStream(packed, CompressionMode.Decompress);
    }

    private static async Task ReadXmlAsync(Stream content, PackagePart part, Action<XmlReader> check, CancellationToken cancellationToken)
    {
        // A document type is where XML bombs and references to the outside live.
        var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 64 << 20 };
        await using var unpacked = await OpenAsync(content, part, cancellationToken);
        using var reader = XmlReader.Create(unpacked, settings);
        try
        {
            while (await reader.ReadAsync())
            {
                check(reader);
            }
        }
        catch (XmlException)
        {
            throw FileRefusals.ContentMismatch();
        }
    }

    /// <summary>A relationship (ISO/IEC 29500-2, 9.3): templates, frames, pictures and objects from outside are fetched unasked.</summary>
    private static void CheckLink(XmlReader element)
    {
        if (element.LocalName != "Relationship")
        {
            return;
        }

        var type = (element.GetAttribute("Type") ?? "").Trim();
        var acts = Acting.Any(word => type.EndsWith(word, StringComparison.OrdinalIgnoreCase)) || (type.EndsWith("/attachedTemplate", StringComparison.OrdinalIgnoreCase) && IsOutside(element));
        if (acts || (IsOutside(element) && !(type.EndsWith("/hyperlink", StringComparison.OrdinalIgnoreCase) && IsClickable(element.GetAttribute("Target") ?? ""))))
        {
            throw FileRefusals.ActiveContent();
        }
    }

    private static bool IsOutside(XmlReader element) => string.Equals(element.GetAttribute("TargetMode")?.Trim(), "External", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a link leads into the document itself, to the web, to mail or to a telephone.</summary>
    internal static bool IsClickable(string target) =>
        target.StartsWith('#') || (Uri.TryCreate(target, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme, StringComparer.OrdinalIgnoreCase));

    private static void CheckType(XmlReader element)
    {
        if (element.GetAttribute("ContentType") is { } type && (type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)
            || type.Contains("oleObject", StringComparison.OrdinalIgnoreCase) || type.Contains("activeX", StringComparison.OrdinalIgnoreCase)))
        {
            throw FileRefusals.ActiveContent();
        }
    }
}
