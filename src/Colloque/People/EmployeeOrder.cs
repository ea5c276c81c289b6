using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Colloque.People;

/// <summary>An order of the staff list: the words of the wire, the column, and where a page ends.</summary>
internal sealed record EmployeeOrder(string Word, string Column, bool Descending)
{
    private const int MaxCursor = 1_200;

    private static readonly EmployeeOrder[] All =
    [
        new("name", "e.sort_name", false), new("-name", "e.sort_name", true), new("createdAt", "e.created_at", false), new("-createdAt", "e.created_at", true),
        new("email", "(e.email collate \"C\")", false), new("-email", "(e.email collate \"C\")", true),
    ];

    /// <exception cref="Refusal">422 <c>sort</c>.</exception>
    internal static EmployeeOrder Parse(string? word) => word is null ? All[0] : Array.Find(All, o => o.Word == word) ?? throw Refusal.Invalid("sort");

    /// <summary>Opaque: the order, the id, and the value at which the page ended.</summary>
    internal string CursorAt(EmployeeRow row)
    {
        var value = Column == "e.created_at" ? row.CreatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture) : Column == "e.sort_name" ? row.SortName : row.Email;
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"3\n{Word}\n{row.Id:D}\n{value}"));
    }

    /// <summary>The value and the id behind which to go on; null for the start.</summary>
    /// <exception cref="Refusal">422 <c>cursor</c>: unreadable, or of another order.</exception>
    internal (object Value, Guid Id)? ToPosition(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        if (cursor.Length > MaxCursor || !Base64Url.IsValid(cursor))
        {
            throw Refusal.Invalid("cursor");
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\n', 4);
        return parts is ["3", var word, var id, var value] && word == Word && Guid.TryParseExact(id, "D", out var last) && ToValue(value) is { } found
            ? (found, last)
            : throw Refusal.Invalid("cursor");
    }

    private object? ToValue(string text) =>
        Column != "e.created_at" ? text.Contains('\0', StringComparison.Ordinal) ? null : text
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : null;
}
