using Colloque.Accounts;

namespace Colloque.People;

/// <summary>The texts of a staff list, checked one way wherever they come from: a form or a spreadsheet.</summary>
internal static class EmployeeText
{
    private const int MaxName = 100;

    /// <exception cref="Refusal">422, naming the member.</exception>
    internal static EmployeeDraft Parse(EmployeeDraft draft) => new(
        draft.FirstName is null ? null : PersonName.Parse(draft.FirstName, "firstName", MaxName),
        draft.LastName is null ? null : PersonName.Parse(draft.LastName, "lastName", MaxName),
        Optional(draft.Department, "department"),
        Optional(draft.Position, "position"),
        Phone(draft.PhoneNumber),
        draft.Language is null ? null : Language.Parse(draft.Language));

    /// <summary>Null stays null; blank becomes empty.</summary>
    private static string? Optional(string? text, string field) => text?.Trim() switch { null => null, "" => "", _ => PersonName.Parse(text, field, MaxName) };

    private static string? Phone(string? text) => text?.Trim() switch { null => null, "" => "", var number => PhoneNumber.Find(number) ?? throw Refusal.Invalid("phoneNumber") };
}
