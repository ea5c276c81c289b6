using System.Text;

namespace Colloque.Accounts;

/// <summary>A name as it is shown.</summary>
internal static class PersonName
{
    /// <exception cref="Refusal">422, naming the field.</exception>
    internal static string Parse(string? text, string field = "name", int max = 200)
    {
        var trimmed = text?.Trim();
        // Half a surrogate pair reads as the replacement character, and no name has one of its own.
        return trimmed switch
        {
            null or "" => throw Refusal.Invalid(field, "required"),
            _ when trimmed.Length > max => throw Refusal.Invalid(field, "too_long"),
            _ when trimmed.Any(IsRefused) || trimmed.EnumerateRunes().Contains(Rune.ReplacementChar) => throw Refusal.Invalid(field),
            _ => trimmed,
        };
    }

    /// <summary>
    /// Control characters, ends of lines, and what turns the direction of the text around it: a guest could be shown under somebody else's name by it. Marks that join
    /// or part letters stay, names are written with them.
    /// </summary>
    private static bool IsRefused(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';

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
