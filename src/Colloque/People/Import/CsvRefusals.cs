using System.Globalization;

namespace Colloque.People.Import;

/// <summary>Every way a list as a whole is refused; each names the row at which it was, counted as a spreadsheet counts: the headings are row 1.</summary>
internal static class CsvRefusals
{
    /// <summary>A quote inside a cell that is not quoted, text behind a closing quote, or a quote that never closes.</summary>
    internal static Refusal MalformedQuoting(int row) => At(row, "malformed_quoting");

    /// <summary>No entry of a staff list is that long.</summary>
    internal static Refusal CellTooLong(int row) => At(row, "cell_too_long");

    /// <summary>More than a spreadsheet of people has.</summary>
    internal static Refusal TooManyColumns(int row) => At(row, "too_many_columns");

    /// <summary>More than one list may have.</summary>
    internal static Refusal TooManyRows(int row) => At(row, "too_many_rows");

    /// <summary>A NUL: a workbook, not a text.</summary>
    internal static Refusal NotText(int row) => At(row, "not_text");

    /// <summary>UTF-8 before, and no UTF-8 here.</summary>
    internal static Refusal MixedEncoding(int row) => At(row, "mixed_encoding");

    /// <summary>UTF-16.</summary>
    internal static Refusal UnsupportedEncoding() => At(1, "unsupported_encoding");

    /// <summary>No heading says where the addresses are.</summary>
    internal static Refusal NoEmailColumn() => Refusal.Invalid("email", "column_missing");

    /// <summary>Two headings for one thing.</summary>
    internal static Refusal ColumnRepeated(string field) => Refusal.Invalid(field, "column_repeated");

    /// <summary>The row that a refusal names, or null.</summary>
    internal static int? RowOf(Refusal refusal) =>
        refusal.Field is { } field && field.StartsWith("rows[", StringComparison.Ordinal) && int.TryParse(field.AsSpan(5, field.Length - 6), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;

    private static Refusal At(int row, string code) => Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"rows[{row}]"), code);
}
