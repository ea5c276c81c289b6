using System.Globalization;

namespace Colloque.Server.Http;

/// <summary>Instants as they come in queries and bodies: ISO 8601 with <c>Z</c> or an offset. One without would mean another time to everyone.</summary>
public static class Instants
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>An instant, in UTC.</summary>
    /// <exception cref="Refusal">422, naming the field.</exception>
    public static DateTimeOffset Parse(string? text, string field) =>
        text is null ? throw Refusal.Invalid(field, "required")
        : TryParse(text, out var instant) ? instant
        : throw Refusal.Invalid(field);

    /// <summary>The beginning of a range: an instant, or a date, which begins at midnight UTC. Null for none.</summary>
    /// <exception cref="Refusal">422, naming the field.</exception>
    public static DateTimeOffset? ParseFrom(string? text, string field) => text is null ? null : DateOf(text) ?? Parse(text, field);

    /// <summary>The end of a range, itself outside: an instant, or a date, which counts whole. Null for none.</summary>
    /// <exception cref="Refusal">422, naming the field.</exception>
    public static DateTimeOffset? ParseUntil(string? text, string field) => text is null ? null : DateOf(text)?.AddDays(1) ?? Parse(text, field);

    private static DateTimeOffset? DateOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsInRange(date.Year)
            ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : null;

    private static bool TryParse(string text, out DateTimeOffset instant)
    {
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        if (hasOffset && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant) && IsInRange(instant.Year))
        {
            instant = instant.ToUniversalTime();
            return true;
        }

        instant = default;
        return false;
    }

    /// <summary>Beyond, sums with days would leave the calendar.</summary>
    private static bool IsInRange(int year) => year is >= 1900 and < 9000;
}
