using System.IO.Compression;
using System.Text;

namespace Colloque.Tests.Files;

/// <summary>Documents that act, in the ways such documents are known to, and harmless ones that look alike.</summary>
internal static class HostileFiles
{
    /// <summary>A PDF whose catalogue has this, and whose further objects are these.</summary>
    internal static byte[] Pdf(string catalogue, params string[] objects) => Encoding.Latin1.GetBytes(
        $"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {catalogue} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n{string.Join('\n', objects)}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");

    /// <summary>The same, with packed objects: numbered from <paramref name="first"/> on.</summary>
    internal static byte[] PackedPdf(string catalogue, int first, params string[] objects)
    {
        var (header, body) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < objects.Length; i++)
        {
            header.Append(System.Globalization.CultureInfo.InvariantCulture, $"{first + i} {body.Length} ");
            body.Append(objects[i]).Append('\n');
        }

        return Pdf(catalogue, Stream($"/Type /ObjStm /N {objects.Length} /First {header.Length} /Filter /FlateDecode", Zlib(Encoding.Latin1.GetBytes(header.ToString() + body))));
    }

    /// <summary>An object with data, as Latin-1.</summary>
    internal static string Stream(string dictionary, byte[] data) => $"9 0 obj\n<< {dictionary} /Length {data.Length} >>\nstream\n{Encoding.Latin1.GetString(data)}\nendstream\nendobj";

    internal static byte[] Zlib(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>A Word package with further parts.</summary>
    internal static byte[] Docx(params (string Name, byte[] Content)[] more)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in ((string, byte[])[])[("[Content_Types].xml", "<Types/>"u8.ToArray()), ("word/document.xml", "<w/>"u8.ToArray()), .. more])
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(content);
            }
        }

        return bytes.ToArray();
    }

    internal static byte[] Relations(string type, string target, string mode = "External") => Encoding.UTF8.GetBytes(
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}\" Target=\"{target}\" TargetMode=\"{mode}\"/></Relationships>");
}
