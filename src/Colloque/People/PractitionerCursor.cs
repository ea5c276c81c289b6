using System.Buffers.Text;
using System.Text;

namespace Colloque.People;

/// <summary>A place in a sorted list: base64url of a version, the last row's id, and what it was sorted by. Opaque to clients; a list sorted otherwise refuses it.</summary>
internal static class PractitionerCursor
{
    private const byte Version = 3;
    private const int MaxLength = 2_000;

    internal static string Of(string sort, string key, Guid id) => Base64Url.EncodeToString([Version, .. id.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes($"{sort}\n{key}")]);

    /// <summary>The start, for null.</summary>
    /// <exception cref="Refusal">422 <c>cursor</c>.</exception>
    internal static (string Key, Guid Id) Parse(string? cursor, string sort)
    {
        if (cursor is null)
        {
            return ("", Guid.Empty);
        }

        if (cursor.Length <= MaxLength && Base64Url.IsValid(cursor) && Base64Url.DecodeFromChars(cursor) is [Version, ..] bytes && bytes.Length > 17)
        {
            var text = Encoding.UTF8.GetString(bytes.AsSpan(17));
            if (text.StartsWith(sort + "\n", StringComparison.Ordinal) && !text.Contains('\0', StringComparison.Ordinal) && !text.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return (text[(sort.Length + 1)..], new Guid(bytes.AsSpan(1, 16), bigEndian: true));
            }
        }

        throw Refusal.Invalid("cursor");
    }
}
