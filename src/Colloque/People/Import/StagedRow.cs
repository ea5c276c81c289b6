using Colloque.Accounts;

namespace Colloque.People.Import;

/// <summary>A row that was read: good, or refused with its reason.</summary>
/// <param name="Row">As a spreadsheet counts it.</param>
/// <param name="Email">Lower case; of a refused row, what stood there, shortened.</param>
/// <param name="Draft">Checked; null in a refused row.</param>
/// <param name="Field">What is wrong.</param>
/// <param name="Code">Why.</param>
internal sealed record StagedRow(int Row, string Email, EmployeeDraft? Draft, string? Field, string? Code)
{
    /// <summary>A row of cells, checked as a form is.</summary>
    internal static StagedRow Of(int row, EmployeeColumns columns, List<string> cells)
    {
        var email = columns.Cell(cells, 0);
        try
        {
            if (cells.Count > columns.Count && cells.Skip(columns.Count).Any(static c => !string.IsNullOrWhiteSpace(c)))
            {
                throw Refusal.Invalid("row", "too_many_cells");
            }

            var address = EmailAddress.Parse(email);
            var draft = new EmployeeDraft(columns.Cell(cells, 1), columns.Cell(cells, 2), columns.Cell(cells, 3), columns.Cell(cells, 4), columns.Cell(cells, 5), Speech(columns.Cell(cells, 6)));
            return new(row, address, EmployeeText.Parse(draft), null, null);
        }
        catch (Refusal refusal)
        {
            return new(row, Shown(email), null, refusal.Field, refusal.Code);
        }
    }

    /// <summary>A language by its code, with or without a country, or by its name in one of the three.</summary>
    private static string? Speech(string? text) => text is null ? null : Folding.Fold(text) switch
    {
        "fr" or "francais" or "french" or "frances" => "fr",
        "en" or "anglais" or "english" or "ingles" => "en",
        "es" or "espagnol" or "spanish" or "espanol" => "es",
        ['f', 'r', '-' or '_', ..] => "fr",
        ['e', 'n', '-' or '_', ..] => "en",
        ['e', 's', '-' or '_', ..] => "es",
        _ => text,
    };

    private static string Shown(string? email) => new([.. (email ?? "").Where(static c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(EmailAddress.MaxLength)]);
}
