using NodaTime;
using NodaTime.TimeZones;

namespace Colloque.Scheduling;

/// <summary>The places that have a clock: the zone database that the program brings along, the same on every machine.</summary>
public static class Zones
{
    private const int MaxName = 60;

    /// <summary>Whether this is the name of a zone, or an older name of one.</summary>
    public static bool Knows(string? name) => name is { Length: > 0 and <= MaxName } && TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(name);

    /// <summary>An instant as this zone's clocks show it, with its offset.</summary>
    /// <exception cref="Refusal">422 <c>timeZone</c>.</exception>
    public static DateTimeOffset At(DateTimeOffset instant, string zone) => Instant.FromDateTimeOffset(instant).InZone(Of(zone)).ToDateTimeOffset();

    /// <summary>The first instant of a date; where midnight does not exist, the one after the gap.</summary>
    /// <exception cref="Refusal">422 <c>timeZone</c>.</exception>
    public static DateTimeOffset StartOf(DateOnly date, string zone) => Of(zone).AtStartOfDay(LocalDate.FromDateOnly(date)).ToDateTimeOffset().ToUniversalTime();

    /// <exception cref="Refusal">422 <c>timeZone</c>.</exception>
    internal static DateTimeZone Of(string zone) => Knows(zone) ? DateTimeZoneProviders.Tzdb[zone] : throw Refusal.Invalid("timeZone", "time_zone_unknown");
}
