using System.Buffers;
using System.Globalization;
using System.Text;

namespace Colloque;

/// <summary>
/// Rows of RFC 4180 that a spreadsheet shows and never runs: a cell that begins like a formula gets an apostrophe before it (ASVS 1.2.10). Spaces and what nobody sees
/// do not count as a beginning: a spreadsheet that is told to remove them runs what comes after.
/// </summary>
public static class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n\t|");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@＝＋－＠﹢﹣﹦﹫−");

    /// <summary>Tells spreadsheets that this is UTF-8.</summary>
    public const char Mark = '\ufeff';

    /// <summary>Appends a row and its line end (CRLF).</summary>
    public static void AppendRow(StringBuilder text, params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            AppendCell(text, cells[i] ?? "");
        }

        text.Append("\r\n");
    }

    /// <summary>A cell as it was before <see cref="AppendRow"/> made it safe.</summary>
    public static string Plain(string cell) => cell is ['\'', ..] && IsMarked(cell) ? cell[1..] : cell;

    private static void AppendCell(StringBuilder text, string cell)
    {
        var safe = IsMarked(cell) ? "'" + cell : cell;
        if (safe.AsSpan().ContainsAny(Quoted))
        {
            text.Append('"').Append(safe.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            text.Append(safe);
        }
    }

    /// <summary>Whether it is a formula, after any number of apostrophes: so that one more or less of them is always the same change, and can be undone.</summary>
    private static bool IsMarked(string cell)
    {
        var rest = cell.AsSpan().TrimStart('\'');
        if (rest is ['\t' or '\r' or '\n', ..])
        {
            return true;
        }

        while (rest is [var c, ..] && (char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format))
        {
            rest = rest[1..];
        }

        return rest is [var first, ..] && Formula.Contains(first);
    }
}
