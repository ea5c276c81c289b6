using Colloque.Scheduling;
using NodaTime;

namespace Colloque.Notifications;

/// <summary>The hours in which a person wants to hear nothing, on the clocks of their zone.</summary>
/// <param name="From">Minutes after midnight, 0..1,439.</param>
/// <param name="Until">The same, itself outside; not later than <paramref name="From"/> where they go over midnight.</param>
/// <param name="TimeZone">An IANA name.</param>
public sealed record QuietHours(int From, int Until, string TimeZone)
{
    private const int Day = 24 * 60;

    /// <summary>What three columns say; null where they say nothing, or name a zone that is known no more.</summary>
    internal static QuietHours? Of(int? from, int? until, string? zone) => from is { } a && until is { } b && Zones.Knows(zone) ? new(a, b, zone!) : null;

    /// <exception cref="Refusal">422 <c>quietHours</c> (no time of day, or no length), <c>timeZone</c>.</exception>
    internal void Check()
    {
        if (From is < 0 or >= Day || Until is < 0 or >= Day || From == Until)
        {
            throw Refusal.Invalid("quietHours");
        }

        _ = Zones.Of(TimeZone);
    }

    /// <summary>When the silence of a moment ends; null where there is none then.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset moment)
    {
        var zone = Zones.Of(TimeZone);
        var local = Instant.FromDateTimeOffset(moment).InZone(zone).LocalDateTime;
        var minute = (local.Hour * 60) + local.Minute;
        if (From < Until ? minute < From || minute >= Until : minute < From && minute >= Until)
        {
            return null;
        }

        var date = minute < Until ? local.Date : local.Date.PlusDays(1);
        // Where the clocks skip that time, the moment after the gap.
        var end = zone.AtLeniently(date.At(new LocalTime(Until / 60, Until % 60))).ToDateTimeOffset().ToUniversalTime();
        // Where the clocks go back within the silence, the later of the two is meant.
        return end > moment ? end : moment.AddHours(1);
    }
}
