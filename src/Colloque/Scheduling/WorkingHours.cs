using NodaTime;

namespace Colloque.Scheduling;

/// <summary>When a practitioner works: their rules as stretches of time, whatever slots they make of them.</summary>
public static class WorkingHours
{
    /// <summary>How far one looks ahead.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(31);

    /// <summary>Whether it is within working hours now, and else when they begin again; null for not within the <see cref="Horizon"/>.</summary>
    public static (bool IsOpen, DateTimeOffset? OpensAt) At(PracticeCalendar calendar, DateTimeOffset now)
    {
        var zone = Zones.Of(calendar.Settings.TimeZone);
        var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
        // From the day before: in a zone whose clocks skip midnight, its last hours may reach over.
        for (var date = today.PlusDays(-1); date <= today.PlusDays((int)Horizon.TotalDays); date = date.PlusDays(1))
        {
            foreach (var (from, until) in Of(calendar.Rules, date))
            {
                var (start, end) = (OnClock(zone, date, from), OnClock(zone, date, until));
                if (end > now)
                {
                    return start <= now ? (true, null) : (false, start);
                }
            }
        }

        return (false, null);
    }

    /// <summary>A date's hours on the wall clock, in order: the weekly ones without what is closed, and the extra ones.</summary>
    private static IEnumerable<(int From, int Until)> Of(IReadOnlyList<AvailabilityRule> rules, LocalDate date)
    {
        AvailabilityRule[] exceptions = [.. rules.Where(r => r.Active && r.OnDate is { } on && LocalDate.FromDateOnly(on) == date)];
        IEnumerable<(int From, int Until)> hours = rules.Where(r => r.Active && r.Kind == RuleKind.Recurring && r.DayOfWeek == (int)date.DayOfWeek % 7).Select(static r => (r.From, r.Until));
        foreach (var closed in exceptions.Where(static e => e.Kind == RuleKind.Closed))
        {
            hours = hours.SelectMany(h => Without(h, closed));
        }

        return hours.Concat(exceptions.Where(static e => e.Kind == RuleKind.Extra).Select(static e => (e.From, e.Until))).OrderBy(static h => h);
    }

    private static IEnumerable<(int From, int Until)> Without((int From, int Until) hours, AvailabilityRule closed) =>
        ((IEnumerable<(int From, int Until)>)[(hours.From, Math.Min(hours.Until, closed.From)), (Math.Max(hours.From, closed.Until), hours.Until)]).Where(static h => h.From < h.Until);

    private static DateTimeOffset OnClock(DateTimeZone zone, LocalDate date, int minute) =>
        zone.AtLeniently(date.AtMidnight().PlusMinutes(minute)).ToDateTimeOffset().ToUniversalTime();
}
