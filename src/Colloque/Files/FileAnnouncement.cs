using System.Buffers;
using System.Globalization;
using System.Text;

namespace Colloque.Files;

/// <summary>What a sender says of a file before sending it; nothing of it is believed until the content shows it.</summary>
/// <param name="Filename">1..255 characters with an extension that fits the type.</param>
/// <param name="MimeType">One of the ten types that conversations take.</param>
/// <param name="SizeBytes">1..<see cref="MaxSize"/>.</param>
/// <param name="Sha256">64 hexadecimal digits, or null.</param>
public sealed record FileAnnouncement(string? Filename, string? MimeType, long? SizeBytes, string? Sha256)
{
    /// <summary>Bytes a file may have: 10 MiB.</summary>
    public const long MaxSize = 10 * 1024 * 1024;

    /// <summary>UTF-16 units a file's name may have.</summary>
    public const int MaxNameLength = 255;

    // Separators of every system, the characters that turn "gnp.exe" into "exe.png" on the screen, and those that show nothing there.
    private static readonly SearchValues<char> Refused = SearchValues.Create(
        "/\\\u061C\u200B\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF"
        + "\u00AD\u034F\u115F\u1160\u17B4\u17B5\u180E\u2060\u2061\u2062\u2063\u2064\u206A\u206B\u206C\u206D\u206E\u206F\u2800\u3164\uFFA0\uFFF9\uFFFA\uFFFB");

    internal (string Name, FileType Type, long Size, string? Sha256) Parse()
    {
        var (name, type) = ParseKind();
        var size = SizeBytes switch
        {
            null or < 1 => throw FileRefusals.Size(),
            > MaxSize => throw FileRefusals.TooLarge(),
            { } fits => fits,
        };
        return (name, type, size, ParseHash(Sha256));
    }

    /// <summary>What it is, whatever its size: of a body that comes with the announcement, the end tells the size.</summary>
    internal (string Name, FileType Type) ParseKind()
    {
        var type = FileType.Of(MimeType) ?? throw FileRefusals.Type();
        var name = ParseName(Filename);
        return type.Fits(name) ? (name, type) : throw FileRefusals.Extension();
    }

    /// <summary>A name is text, never a path. White space around it is dropped and it is composed (NFC); anything else that is not plain is refused.</summary>
    private static string ParseName(string? filename)
    {
        if (filename is null || filename.Length > 4 * MaxNameLength || !IsWellFormed(filename))
        {
            throw FileRefusals.Filename();
        }

        var name = OneSpaceEach(ComposedText.Of(filename).Trim());
        return name.Length is > 0 and <= MaxNameLength && name[0] != '.' && name[^1] != '.' && !name.AsSpan().ContainsAny(Refused) && !name.Any(char.IsControl)
            ? name
            : throw FileRefusals.Filename();
    }

    /// <summary>Runs of white space become one space: a hundred of them push what follows off the screen.</summary>
    private static string OneSpaceEach(string name)
    {
        var kept = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            // What controls is white space too, and is refused as what it is.
            var blank = char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('\u2028' or '\u2029');
            if (!blank || kept.Length == 0 || kept[^1] != ' ')
            {
                kept.Append(blank ? ' ' : c);
            }
        }

        return kept.ToString();
    }

    private static string? ParseHash(string? sha256) =>
        sha256 is null ? null
        : sha256.Length == 64 && sha256.All(char.IsAsciiHexDigit) ? sha256.ToLower(CultureInfo.InvariantCulture)
        : throw FileRefusals.Sha256();

    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate is enumerated as the replacement character.
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
