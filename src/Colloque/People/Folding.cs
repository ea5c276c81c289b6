using System.Text;

namespace Colloque.People;

/// <summary>Latin text without accents and case: for headings of spreadsheets and short names. What is searched in the database is folded there (<c>people_fold</c>).</summary>
internal static class Folding
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿœæß";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyyoas";

    /// <summary>Letters beyond Latin-1 stay as they are.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 2);
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            var at = Accented.IndexOf(lower, StringComparison.Ordinal);
            // Combining marks: a letter that was typed in two parts.
            if (c is >= '\u0300' and <= '\u036f')
            {
                continue;
            }

            folded.Append(at < 0 ? lower : Plain[at]);
            if (lower is 'œ' or 'æ' or 'ß')
            {
                folded.Append(lower == 'ß' ? 's' : 'e');
            }
        }

        return folded.ToString();
    }
}
