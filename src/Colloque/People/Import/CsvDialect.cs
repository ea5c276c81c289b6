namespace Colloque.People.Import;

/// <summary>Which character separates cells.</summary>
internal static class CsvDialect
{
    private const string Candidates = ",;\t|";

    /// <summary>The word of the wire: null and <c>auto</c> find it in the headings.</summary>
    /// <exception cref="Refusal">422 <c>delimiter</c>.</exception>
    internal static char? Parse(string? word) => word switch
    {
        null or "auto" => null,
        "," or "comma" => ',',
        ";" or "semicolon" => ';',
        "\t" or "tab" => '\t',
        "|" or "pipe" => '|',
        _ => throw Refusal.Invalid("delimiter"),
    };

    /// <summary>The one that the first line has most of, outside of quotes; a comma where it has none.</summary>
    internal static char Find(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[Candidates.Length];
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is '\n' or '\r')
            {
                break;
            }
            else if (!quoted && Candidates.IndexOf(c, StringComparison.Ordinal) is >= 0 and var found)
            {
                counts[found]++;
            }
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return Candidates[best];
    }

    /// <summary>What a first line of the form <c>sep=;</c> says; null for any other line.</summary>
    internal static char? Announced(ReadOnlySpan<char> text) =>
        text.Length >= 5 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && Candidates.Contains(text[4], StringComparison.Ordinal) && (text.Length == 5 || text[5] is '\r' or '\n')
            ? text[4]
            : null;
}
