using System.Globalization;
using Colloque.Scheduling;
using Xunit;

namespace Colloque.Tests.Scheduling;

/// <summary>The law of slots, over the zones of the world and a year with all its changes of clocks.</summary>
public sealed class SlotCalendarTests
{
    private static readonly DateTime Year = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const int YearMinutes = 366 * AvailabilityRule.DayMinutes;

    // Half hours and quarters, changes at midnight, of thirty minutes, of two hours, in Ramadan, against the season, four a year, and none at all.
    public static TheoryData<string> AllZones =>
    [
        "UTC", "Europe/Paris", "Europe/Madrid", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Asia/Nicosia", "Europe/Helsinki", "Europe/Istanbul", "Atlantic/Azores",
        "Atlantic/Reykjavik", "America/Nuuk", "America/St_Johns", "America/New_York", "America/Chicago", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/Mexico_City",
        "America/Havana", "America/Caracas", "America/Sao_Paulo", "America/Santiago", "Pacific/Easter", "Pacific/Honolulu", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham",
        "Pacific/Auckland", "Pacific/Norfolk", "Australia/Lord_Howe", "Australia/Adelaide", "Australia/Darwin", "Asia/Tokyo", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "Asia/Beirut",
        "Asia/Jerusalem", "Asia/Gaza", "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Antarctica/Troll",
    ];

    [Theory]
    [MemberData(nameof(AllZones))]
    public void A_year_of_slots_is_what_the_wall_clock_shows_minute_by_minute(string zone)
    {
        foreach (var (rules, settings) in Practices(zone))
        {
            var calendar = new SlotCalendar(rules, settings);
            Slot[] slots = [.. calendar.Between(At(Year), At(Year.AddMinutes(YearMinutes)))];

            // None lost, none doubled, none shifted, none that the rules do not make.
            Assert.Equal(new IndependentCalendar(rules, settings, Year, YearMinutes).Slots(), slots);
            Assert.All(slots.Zip(slots.Skip(1)), p => Assert.True(p.First.EndsAt <= p.Second.StartsAt));
            Assert.NotEmpty(slots);
        }
    }

    [Theory]
    [InlineData("Europe/Paris")]
    [InlineData("America/Havana")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Antarctica/Troll")]
    public void However_a_range_is_cut_its_slots_are_the_same(string zone)
    {
        var random = new Random(zone.Length);
        foreach (var (rules, settings) in Practices(zone))
        {
            var calendar = new SlotCalendar(rules, settings);
            var cuts = Enumerable.Range(0, 60).Select(_ => Year.AddMinutes(random.Next(YearMinutes)).AddTicks(random.Next(3) * 7)).Append(Year).Append(Year.AddMinutes(YearMinutes)).Order().ToArray();
            Slot[] whole = [.. calendar.Between(At(Year), At(Year.AddMinutes(YearMinutes)))];

            Assert.Equal(whole, cuts.Zip(cuts.Skip(1)).SelectMany(c => calendar.Between(At(c.First), At(c.Second))));
            foreach (var slot in whole.Where((_, i) => i % 97 == 0))
            {
                Assert.Equal(slot, calendar.At(slot.StartsAt));
                Assert.Null(calendar.At(slot.StartsAt.AddSeconds(1)));
                Assert.Null(calendar.At(slot.StartsAt.AddTicks(-1)));
            }
        }
    }

    [Fact]
    public void A_slot_in_the_hour_that_is_skipped_does_not_exist_and_its_neighbours_keep_their_wall_time() =>
        // Paris, 30 March 2025: 02:00 is 03:00. The slot of 01:40 would run into it.
        Assert.Equal(["00:00", "00:50", "03:20", "04:10", "05:00"], Walls("Europe/Paris", "2025-03-30", 0, 360, 50));

    [Fact]
    public void A_slot_in_the_hour_that_comes_twice_exists_twice() =>
        // Paris, 26 October 2025: 03:00 is 02:00.
        Assert.Equal(["01:00+02:00", "02:00+02:00", "02:00+01:00", "03:00+01:00"], Walls("Europe/Paris", "2025-10-26", 60, 240, 60, "HH:mmzzz"));

    [Fact]
    public void A_date_that_a_zone_left_out_has_no_slots() => Assert.Empty(Walls("Pacific/Apia", "2011-12-30", 0, 1_440, 60));

    [Fact]
    public void Where_midnight_is_skipped_the_day_begins_with_the_next_slot() => Assert.Equal(["01:00", "01:30"], Walls("America/Havana", "2025-03-09", 0, 120, 30));

    [Fact]
    public void A_buffer_is_kept_between_slots_and_a_closed_part_takes_those_it_touches()
    {
        Assert.Equal(["09:00", "10:00", "11:00"], Walls("Europe/Paris", "2025-06-02", 540, 720, 50, buffer: 10));
        Assert.Equal(["09:00", "11:00"], Walls("Europe/Paris", "2025-06-02", 540, 720, 50, buffer: 10, more: [Rule(RuleKind.Closed, "2025-06-02", 640, 655)]));
        Assert.Empty(Walls("Europe/Paris", "2025-06-02", 540, 720, 50, more: [Rule(RuleKind.Closed, "2025-06-02", null, null)]));
        Assert.Equal(["09:30", "11:00"], Walls("Europe/Paris", "2025-06-02", 540, 720, 60, more: [Rule(RuleKind.Extra, "2025-06-02", 570, 630)]));
    }

    [Fact]
    public void Free_is_what_no_busy_time_touches_with_its_buffer()
    {
        var random = new Random(20_250_602);
        for (var round = 0; round < 300; round++)
        {
            var settings = Settings("UTC", random.Next(5, 90), random.Next(3) * 10);
            var calendar = new SlotCalendar([.. Enumerable.Range(0, 7).Select(d => Rule(RuleKind.Recurring, d, random.Next(600), 601 + random.Next(800)))], settings);
            BusyTime[] busy = [.. Enumerable.Range(0, random.Next(40)).Select(_ => At(Year.AddMinutes(random.Next(3 * 1_440)))).Select(s => new BusyTime(s, s.AddMinutes(random.Next(1, 600))))];
            foreach (var (slot, free) in calendar.Judge(calendar.Between(At(Year), At(Year.AddDays(3))), busy))
            {
                var buffer = settings.BufferMinutes;
                Assert.Equal(!busy.Any(b => b.StartsAt < slot.EndsAt.AddMinutes(buffer) && slot.StartsAt.AddMinutes(-buffer) < b.EndsAt), free);
            }
        }
    }

    [Fact]
    public void A_booking_is_judged_by_slot_notice_and_horizon()
    {
        var calendar = new PracticeCalendar(Guid.Empty, Settings("UTC", 50, 0) with { MinimumNoticeMinutes = 60, MaximumHorizonDays = 7 }, [.. Enumerable.Range(0, 7).Select(d => Rule(RuleKind.Recurring, d, 0, 1_440))]);
        var start = At(Year.AddMinutes(50));
        Assert.Equal(SlotVerdict.Bookable, calendar.Judge(start, null, start.AddMinutes(-60)));
        Assert.Equal(SlotVerdict.TooSoon, calendar.Judge(start, 50, start.AddMinutes(-59)));
        Assert.Equal(SlotVerdict.Bookable, calendar.Judge(start, 50, start.AddDays(-7)));
        Assert.Equal(SlotVerdict.TooFar, calendar.Judge(start, 50, start.AddDays(-7).AddTicks(-1)));
        Assert.Equal(SlotVerdict.NotASlot, calendar.Judge(start, 49, start.AddDays(-1)));
        Assert.Equal(SlotVerdict.NotASlot, calendar.Judge(start.AddMinutes(1), null, start.AddDays(-1)));
        Assert.Equal(SlotVerdict.NotASlot, calendar.Judge(DateTimeOffset.MinValue, null, start));
        Assert.Equal(SlotVerdict.NotASlot, calendar.Judge(DateTimeOffset.MaxValue, null, start));
    }

    /// <summary>Days and nights of every week, and two practices of chance, with exceptions that fall on the days of change too.</summary>
    private static IEnumerable<(AvailabilityRule[] Rules, PracticeSettings Settings)> Practices(string zone)
    {
        yield return ([.. Enumerable.Range(0, 7).Select(d => Rule(RuleKind.Recurring, d, 0, 1_440))], Settings(zone, 50, 0));
        var random = new Random(zone.Sum(static c => c));
        for (var i = 0; i < 2; i++)
        {
            var weekly = Enumerable.Range(0, 14).Select(n => Rule(RuleKind.Recurring, n / 2, (n % 2 * 720) + random.Next(360), (n % 2 * 720) + 361 + random.Next(360), random.Next(3) == 0 ? null : random.Next(5, 100)));
            // Up to half of the year's Sundays and Saturdays, when most clocks change, and whatever comes.
            var dates = Enumerable.Range(0, 366).Select(d => DateOnly.FromDateTime(Year).AddDays(d)).Where(d => random.Next(d.DayOfWeek is DayOfWeek.Sunday or DayOfWeek.Saturday ? 2 : 12) == 0);
            var exceptions = dates.SelectMany(date => random.Next(4) switch
            {
                0 => [Rule(RuleKind.Closed, date, null, null)],
                1 => [Rule(RuleKind.Closed, date, null, null), Rule(RuleKind.Extra, date, random.Next(200), 201 + random.Next(1_000), random.Next(5, 120))],
                2 => [Rule(RuleKind.Closed, date, random.Next(700), 701 + random.Next(700))],
                _ => new[] { Rule(RuleKind.Extra, date, random.Next(700), 701 + random.Next(700), random.Next(5, 120)) },
            });
            yield return ([.. weekly, .. exceptions.ToArray(), Rule(RuleKind.Recurring, 3, 0, 1_440) with { Active = false }], Settings(zone, 45, i * 10));
        }
    }

    private static IEnumerable<string> Walls(string zone, string date, int from, int until, int minutes, string format = "HH:mm", int buffer = 0, AvailabilityRule[]? more = null)
    {
        var day = DateTime.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        var calendar = new SlotCalendar([Rule(RuleKind.Recurring, (int)day.DayOfWeek, from, until), .. more ?? []], Settings(zone, minutes, buffer));
        return calendar.Between(At(day.AddDays(-1)), At(day.AddDays(2))).Select(s => Zones.At(s.StartsAt, zone).ToString(format, CultureInfo.InvariantCulture));
    }

    private static DateTimeOffset At(DateTime utc) => new(utc, TimeSpan.Zero);

    private static PracticeSettings Settings(string zone, int minutes, int buffer) => new(zone, minutes, buffer, 0, 365, 0, ConfirmationMode.Automatic);

    private static AvailabilityRule Rule(RuleKind kind, int day, int from, int until, int? slot = null) =>
        new(Guid.CreateVersion7(), kind, day, null, from, until, slot, Active: true, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private static AvailabilityRule Rule(RuleKind kind, string date, int? from, int? until) => Rule(kind, DateOnly.Parse(date, CultureInfo.InvariantCulture), from, until);

    private static AvailabilityRule Rule(RuleKind kind, DateOnly date, int? from, int? until, int? slot = null) =>
        new(Guid.CreateVersion7(), kind, null, date, from, until, slot, Active: true, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
