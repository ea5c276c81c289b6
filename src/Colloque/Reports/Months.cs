using System.Globalization;
using NodaTime;

namespace Colloque.Reports;

/// <summary>Months as reports have them: from midnight to midnight of one place, each instant in exactly one.</summary>
public static class Months
{
    private const int FirstYear = 2000;
    private const int LastYear = 2100;

    /// <summary>A month, <c>2025-01</c>.</summary>
    /// <param name="text">As it came.</param>
    /// <param name="field">Its name on the wire.</param>
    /// <exception cref="Refusal">422, naming the field: another form, or a year outside 2000 to 2100.</exception>
    public static YearMonth Parse(string? text, string field = "period") => Find(text) ?? throw Refusal.Invalid(field);

    /// <summary>As <see cref="Parse"/> takes it.</summary>
    public static string Text(YearMonth month) => string.Create(CultureInfo.InvariantCulture, $"{month.Year:D4}-{month.Month:D2}");

    /// <summary>The month that an instant is in, somewhere.</summary>
    public static YearMonth Of(DateTimeOffset at, DateTimeZone zone) => Instant.FromDateTimeOffset(at).InZone(zone).Date.ToYearMonth();

    /// <summary>Its first instant, UTC; the end of the one before.</summary>
    public static DateTimeOffset Start(YearMonth month, DateTimeZone zone) => zone.AtStartOfDay(month.OnDayOfMonth(1)).ToInstant().ToDateTimeOffset();

    /// <summary>From one month to another, both included; none where the second is earlier.</summary>
    public static IReadOnlyList<YearMonth> Between(YearMonth first, YearMonth last)
    {
        var months = new List<YearMonth>();
        for (var month = first; month <= last; month = month.PlusMonths(1))
        {
            months.Add(month);
        }

        return months;
    }

    private static YearMonth? Find(string? text)
    {
        if (text is not { Length: 7 } || text[4] != '-'
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var month))
        {
            return null;
        }

        return year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 ? new YearMonth(year, month) : null;
    }
}
