using Colloque.Scheduling;

namespace Colloque.Tests.Scheduling;

/// <summary>
/// The law of slots once more, by other means: it walks a year minute by minute on the clocks of the machine's own zone data, and knows nothing of runs, grids or NodaTime. A slot starts at a minute
/// if the wall clock then shows a time of a rule's grid, and goes on, minute for minute and without a jump, until the slot's end, which is within the rule.
/// </summary>
internal sealed class IndependentCalendar(AvailabilityRule[] rules, PracticeSettings settings, DateTime from, int minutes)
{
    private readonly int[] offsets = Offsets(settings.TimeZone, from, minutes + AvailabilityRule.DayMinutes);
    private readonly Dictionary<DateOnly, AvailabilityRule[]> dates = [];

    internal IEnumerable<Slot> Slots()
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            var wall = from.AddMinutes(minute + offsets[minute]);
            var slot = LengthAt(DateOnly.FromDateTime(wall), (int)wall.TimeOfDay.TotalMinutes);
            if (slot > 0 && Enumerable.Range(minute, slot).All(m => offsets[m] == offsets[minute]))
            {
                yield return new(new(from.AddMinutes(minute), TimeSpan.Zero), slot);
            }
        }
    }

    /// <summary>The length of the slot that some rule has at a wall time; 0 for none.</summary>
    private int LengthAt(DateOnly date, int at)
    {
        if (!dates.TryGetValue(date, out var today))
        {
            dates[date] = today = [.. rules.Where(r => r.Active && (r.OnDate is null ? r.DayOfWeek == (int)date.DayOfWeek : r.OnDate == date))];
        }

        foreach (var rule in today)
        {
            var length = rule.SlotMinutes ?? settings.SlotMinutes;
            if (rule.Kind == RuleKind.Closed || at < rule.StartMinute || (at - rule.StartMinute) % (length + settings.BufferMinutes) != 0 || at + length > rule.EndMinute)
            {
                continue;
            }

            var gives = rule.Kind == RuleKind.Recurring && today.Any(e => e.OnDate is not null && (e.StartMinute is null || (at < e.EndMinute && e.StartMinute < at + length)));
            if (!gives)
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>The wall clock's lead over UTC in minutes, for each minute. No zone changes its clocks but at a quarter of an hour.</summary>
    private static int[] Offsets(string zone, DateTime from, int minutes)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var quarters = Enumerable.Range(0, (minutes / 15) + 1).Select(q => (int)info.GetUtcOffset(from.AddMinutes(q * 15)).TotalMinutes).ToArray();
        return [.. Enumerable.Range(0, minutes).Select(m => quarters[m / 15])];
    }
}
