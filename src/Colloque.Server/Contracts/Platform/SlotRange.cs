using Colloque.Scheduling;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Which slots are asked for: from an instant or the start of a date, until an instant or the end of a date.</summary>
/// <param name="From">The first; null for now.</param>
/// <param name="To">The end: an instant is outside, a date is inside; null for fourteen days later.</param>
/// <param name="TimeZone">Whose dates these are; null for the practitioner's.</param>
internal sealed record SlotRange(string? From, string? To, string? TimeZone)
{
    private static readonly TimeSpan Standard = TimeSpan.FromDays(14);

    /// <summary>The same, looked at as far as it can be without the practitioner.</summary>
    /// <exception cref="Refusal">422 <c>timeZone</c>, <c>from</c>, <c>to</c>.</exception>
    internal SlotRange Parse()
    {
        if (TimeZone is not null && !Zones.Knows(TimeZone))
        {
            throw Refusal.Invalid("timeZone", "time_zone_unknown");
        }

        _ = At(From, "from", "UTC", days: 0);
        _ = At(To, "to", "UTC", days: 1);
        return this;
    }

    /// <summary>The instants it means, where the practitioner's zone is known.</summary>
    internal (DateTimeOffset From, DateTimeOffset Until) In(PracticeSettings settings, DateTimeOffset now)
    {
        var zone = TimeZone ?? settings.TimeZone;
        var from = At(From, "from", zone, days: 0) ?? now;
        return (from, At(To, "to", zone, days: 1) ?? from + Standard);
    }

    private static DateTimeOffset? At(string? text, string field, string zone, int days)
    {
        if (text is null)
        {
            return null;
        }

        var at = AvailabilityWords.ToDate(text) is { Year: >= 2000 and <= 2100 } date ? Zones.StartOf(date.AddDays(days), zone) : Instants.Parse(text, field);
        return at.Year is >= 1999 and <= 2101 ? at : throw Refusal.Invalid(field);
    }
}
