using System.Buffers;
using System.Text;

namespace Colloque.Accounts;

/// <summary>A name as it is shown.</summary>
internal static class PersonName
{
    // Line and paragraph separators; what is not seen; and what turns the text after it around, of others' pages too.
    private static readonly SearchValues<char> Refused = SearchValues.Create("\u200B\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF");

    /// <summary>Composed (NFC), without white space around it.</summary>
    /// <exception cref="Refusal">422, naming the field.</exception>
    internal static string Parse(string? text, string field = "name", int max = 200)
    {
        // Decomposed, a letter has four parts at most.
        var trimmed = text is null || text.Length > 4 * max ? text : ComposedText.Of(text).Trim();
        // Half a surrogate pair reads as the replacement character, and no name has one of its own.
        return trimmed switch
        {
            null or "" => throw Refusal.Invalid(field, "required"),
            _ when trimmed.Length > max => throw Refusal.Invalid(field, "too_long"),
            _ when trimmed.Any(char.IsControl) || trimmed.AsSpan().ContainsAny(Refused) || trimmed.EnumerateRunes().Contains(Rune.ReplacementChar) => throw Refusal.Invalid(field),
            _ => trimmed,
        };
    }

    /// <summary>Null stays null.</summary>
    /// <exception cref="Refusal">422, naming the field.</exception>
    internal static string? ParseOptional(string? text, string field, int max) => text is null ? null : Parse(text, field, max);
}

/// <summary>The languages the product speaks.</summary>
internal static class Language
{
    /// <exception cref="Refusal">422 <c>language</c>.</exception>
    internal static string Parse(string? text) => text is "fr" or "en" or "es" ? text : throw Refusal.Invalid("language");
}
