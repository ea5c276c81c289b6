using System.Buffers;
using System.Text;

namespace Colloque;

/// <summary>Rows of RFC 4180 that a spreadsheet shows and never runs: a cell that begins like a formula gets an apostrophe before it (ASVS 1.2.10).</summary>
public static class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n\t|");

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

    private static void AppendCell(StringBuilder text, string cell)
    {
        var safe = cell is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? "'" + cell : cell;
        if (safe.AsSpan().ContainsAny(Quoted))
        {
            text.Append('"').Append(safe.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            text.Append(safe);
        }
    }
}
