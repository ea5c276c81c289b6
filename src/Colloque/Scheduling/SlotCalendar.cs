using NodaTime;

namespace Colloque.Scheduling;

/// <summary>
/// Makes slots of rules. On each date a rule lays a grid on the wall clock: a slot at its start, the next a slot and a buffer later, as long as a whole slot fits. A slot exists once for each time
/// that the wall clock runs through it without a jump. So in a gap there is none, in an hour that comes twice there are two, and a change of clocks shifts none of the others.
/// </summary>
/// <remarks>Slots that overlap a closed time of their date, or its extra hours, give way, if their rule is a weekly one.</remarks>
public sealed class SlotCalendar
{
    private const int DaySeconds = 86_400;

    private readonly ILookup<int, AvailabilityRule> weekly;
    private readonly ILookup<int, AvailabilityRule> exceptions;
    private readonly DateTimeZone zone;
    private readonly PracticeSettings settings;

    /// <summary>Of the active among the rules.</summary>
    /// <exception cref="Refusal">422 <c>timeZone</c>: the settings name none.</exception>
    public SlotCalendar(IEnumerable<AvailabilityRule> rules, PracticeSettings settings)
    {
        this.settings = settings;
        zone = Zones.Of(settings.TimeZone);
        AvailabilityRule[] active = [.. rules.Where(static r => r.Active)];
        weekly = active.Where(static r => r.Kind == RuleKind.Recurring).ToLookup(static r => r.DayOfWeek!.Value);
        exceptions = active.Where(static r => r.Kind != RuleKind.Recurring).ToLookup(static r => r.OnDate!.Value.DayNumber);
    }

    /// <summary>The slots that start in a range, in order of time, taken or not.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="until">The end; itself outside.</param>
    public IEnumerable<Slot> Between(DateTimeOffset from, DateTimeOffset until)
    {
        if (from >= until)
        {
            yield break;
        }

        foreach (var run in WallClock.Runs(zone, from, until))
        {
            var first = Math.Max(run.From, from.ToUnixTimeSeconds() + run.Offset);
            var last = Math.Min(run.Until, until.ToUnixTimeSeconds() + run.Offset + 1);
            for (var day = Day(first); day <= Day(last); day++)
            {
                foreach (var (wall, minutes) in GridOf(day))
                {
                    var at = DateTimeOffset.FromUnixTimeSeconds(wall - run.Offset);
                    if (wall >= run.From && wall + (minutes * 60) <= run.Until && at >= from && at < until)
                    {
                        yield return new(at, minutes);
                    }
                }
            }
        }
    }

    /// <summary>Whether there can be slots at an instant at all: 1900 to 2200. What lies beyond is nobody's calendar, and the end of calendars is not far.</summary>
    public static bool Reaches(DateTimeOffset instant) => instant.Year is >= 1900 and <= 2200;

    /// <summary>The slot that starts at an instant, taken or not; null for none.</summary>
    public Slot? At(DateTimeOffset startsAt)
    {
        if (!Reaches(startsAt))
        {
            return null;
        }

        foreach (var slot in Between(startsAt, startsAt.AddTicks(1)))
        {
            return slot;
        }

        return null;
    }

    /// <summary>Of slots in order of time, those that no busy time touches, buffers included.</summary>
    /// <param name="slots">In order of time.</param>
    /// <param name="busy">In any order, and overlapping as they like.</param>
    public IEnumerable<(Slot Slot, bool Free)> Judge(IEnumerable<Slot> slots, IEnumerable<BusyTime> busy)
    {
        BusyTime[] taken = [.. busy.OrderBy(static b => b.StartsAt)];
        var next = 0;
        // Slots and busy times both come in order: what began before a slot's end matters by the latest of its ends alone.
        var busyUntil = DateTimeOffset.MinValue;
        foreach (var slot in slots)
        {
            for (; next < taken.Length && taken[next].StartsAt < slot.EndsAt.AddMinutes(settings.BufferMinutes); next++)
            {
                busyUntil = taken[next].EndsAt > busyUntil ? taken[next].EndsAt : busyUntil;
            }

            yield return (slot, busyUntil == DateTimeOffset.MinValue || busyUntil.AddMinutes(settings.BufferMinutes) <= slot.StartsAt);
        }
    }

    /// <summary>A date's grid on the wall clock: seconds since 1970 and minutes, in order.</summary>
    private IEnumerable<(long Wall, int Minutes)> GridOf(long day)
    {
        var number = (int)(day + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
        AvailabilityRule[] exceptional = [.. exceptions[number]];
        // 1 January 1970 was a Thursday.
        var hours = weekly[(int)(((day % 7) + 11) % 7)];
        return hours.SelectMany(Starts).Where(s => !exceptional.Any(e => s.Minute < e.Until && e.From < s.Minute + s.Minutes))
            .Concat(exceptional.Where(static e => e.Kind == RuleKind.Extra).SelectMany(Starts))
            .OrderBy(static s => s.Minute)
            .Select(s => ((day * DaySeconds) + (s.Minute * 60), s.Minutes));
    }

    private IEnumerable<(int Minute, int Minutes)> Starts(AvailabilityRule rule)
    {
        var minutes = rule.SlotMinutes ?? settings.SlotMinutes;
        for (var start = rule.From; start + minutes <= rule.Until; start += minutes + settings.BufferMinutes)
        {
            yield return (start, minutes);
        }
    }

    private static long Day(long wall) => (long)Math.Floor(wall / (double)DaySeconds);
}
