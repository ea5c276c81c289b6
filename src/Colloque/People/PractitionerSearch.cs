using Colloque.Consultations;

namespace Colloque.People;

/// <summary>What is looked for among practitioners; null asks for nothing.</summary>
/// <param name="Words">Each must be found, at any place of name, title, specialty, diplomas or bio; accents and case do not matter.</param>
/// <param name="Specialty">A part of it; accents and case do not matter, and an enum's <c>_</c> is a space.</param>
/// <param name="Language">A tag such as <c>fr</c>.</param>
/// <param name="Format">A way they see people.</param>
/// <param name="Status">For the platform's administrators.</param>
/// <param name="Sort"><c>name</c>, <c>experience</c> (most first), <c>createdAt</c> (oldest first) or <c>nextAvailable</c> (soonest first), each with <c>-</c> before it for the other way.</param>
/// <param name="Cursor">From <c>nextCursor</c>; null for the start.</param>
/// <param name="Limit">1..100.</param>
public sealed record PractitionerSearch(
    string? Words, string? Specialty, string? Language, ConsultationFormat? Format, PractitionerStatus? Status, string? Sort, string? Cursor, int Limit)
{
    /// <summary>Who can be seen before this; null asks for nothing.</summary>
    public DateTimeOffset? AvailableBefore { get; init; }

    private const int MaxText = 100;

    /// <exception cref="Refusal">422, naming the parameter.</exception>
    internal PractitionerSearch Parse()
    {
        foreach (var (text, name) in (ReadOnlySpan<(string?, string)>)[(Words, "q"), (Specialty, "specialty"), (Language, "language")])
        {
            if (text is not null && (text.Length > MaxText || text.Any(char.IsControl) || text.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar)))
            {
                throw Refusal.Invalid(name);
            }
        }

        if (Sort is not (null or "name" or "-name" or "experience" or "-experience" or "createdAt" or "-createdAt" or "nextAvailable" or "-nextAvailable"))
        {
            throw Refusal.Invalid("sort");
        }

        return Limit is >= 1 and <= 100 ? this : throw Refusal.Invalid("limit");
    }
}
