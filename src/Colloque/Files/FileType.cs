using System.Collections.Immutable;

namespace Colloque.Files;

/// <summary>A type of file that conversations take: its media type and the extensions a name may have with it.</summary>
internal sealed record FileType(string MimeType, string[] Extensions)
{
    internal static readonly FileType Jpeg = new("image/jpeg", ["jpg", "jpeg", "jfif"]);
    internal static readonly FileType Png = new("image/png", ["png"]);
    internal static readonly FileType Gif = new("image/gif", ["gif"]);
    internal static readonly FileType Webp = new("image/webp", ["webp"]);
    internal static readonly FileType Pdf = new("application/pdf", ["pdf"]);
    internal static readonly FileType Doc = new("application/msword", ["doc"]);
    internal static readonly FileType Docx = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ["docx"]);
    internal static readonly FileType Ogg = new("audio/ogg", ["ogg", "oga", "opus"]);
    internal static readonly FileType Webm = new("audio/webm", ["webm", "weba"]);
    internal static readonly FileType M4a = new("audio/mp4", ["m4a", "mp4"]);

    // Links name a type by its place here: new ones go to the end.
    internal static readonly ImmutableArray<FileType> All = [Jpeg, Png, Gif, Webp, Pdf, Doc, Docx, Ogg, Webm, M4a];

    /// <summary>Whether it is a picture.</summary>
    internal bool IsPicture => MimeType.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>The type a media type names; its parameters (<c>;codecs=opus</c>) and its case do not matter. Null for any other.</summary>
    internal static FileType? Of(string? mimeType)
    {
        if (mimeType is null || mimeType.Length > 200)
        {
            return null;
        }

        var essence = mimeType.AsSpan();
        var semicolon = essence.IndexOf(';');
        essence = (semicolon < 0 ? essence : essence[..semicolon]).Trim();
        foreach (var type in All)
        {
            if (essence.Equals(type.MimeType, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>Whether a name's extension is one of this type's.</summary>
    internal bool Fits(string filename)
    {
        var dot = filename.LastIndexOf('.');
        return dot > 0 && Extensions.Contains(filename[(dot + 1)..], StringComparer.OrdinalIgnoreCase);
    }
}
