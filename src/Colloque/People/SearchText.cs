namespace Colloque.People;

/// <summary>Words to look for.</summary>
internal static class SearchText
{
    private const int MaxLength = 100;

    /// <summary>Null for nothing to look for.</summary>
    /// <exception cref="Refusal">422 <c>search</c>.</exception>
    internal static string? Parse(string? text) => Composed(text) switch
    {
        null or "" => null,
        { Length: > MaxLength } => throw Refusal.Invalid("search", "too_long"),
        // PostgreSQL's text has no NUL, and half a surrogate pair is no character.
        var words when words.Any(static c => char.IsControl(c)) || words.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar) => throw Refusal.Invalid("search"),
        var words => words,
    };

    private static string? Composed(string? text) => text is null or { Length: > 4 * MaxLength } ? text : ComposedText.Of(text).Trim();
}
