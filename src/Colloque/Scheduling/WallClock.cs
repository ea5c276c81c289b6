using NodaTime;
using NodaTime.TimeZones;

namespace Colloque.Scheduling;

/// <summary>A stretch of time in which the wall clock of a zone runs as time does; it jumps at both ends. Seconds since 1970.</summary>
/// <param name="From">On the wall clock.</param>
/// <param name="Until">On the wall clock; itself outside.</param>
/// <param name="Offset">The wall clock's lead over UTC.</param>
internal readonly record struct Run(long From, long Until, int Offset);

/// <summary>The wall clock of a zone, as the runs between its jumps: wall times in a gap lie in no run, those that come twice in two.</summary>
internal static class WallClock
{
    /// <summary>The runs that touch a range, in order of time.</summary>
    internal static Run[] Runs(DateTimeZone zone, DateTimeOffset from, DateTimeOffset until) =>
    [
        // A zone that changes its name, or its law, and not its clock has not jumped.
        .. zone.GetZoneIntervals(new Interval(Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(until)), ZoneEqualityComparer.Options.OnlyMatchWallOffset).Select(static z =>
        {
            var offset = z.WallOffset.Seconds;
            return new Run(
                z.HasStart ? z.Start.ToUnixTimeSeconds() + offset : long.MinValue / 2,
                z.HasEnd ? z.End.ToUnixTimeSeconds() + offset : long.MaxValue / 2,
                offset);
        }),
    ];
}
