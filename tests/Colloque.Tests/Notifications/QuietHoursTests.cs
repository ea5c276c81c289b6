using Colloque.Notifications;
using Colloque.Scheduling;
using Xunit;

namespace Colloque.Tests.Notifications;

/// <summary>Silence and working hours on the clocks of a place, also where those jump.</summary>
public sealed class QuietHoursTests
{
    [Theory]
    // A winter's night in Paris, over midnight.
    [InlineData("2026-01-10T20:59:00Z", null)]
    [InlineData("2026-01-10T21:00:00Z", "2026-01-11T06:00:00Z")]
    [InlineData("2026-01-11T05:59:00Z", "2026-01-11T06:00:00Z")]
    [InlineData("2026-01-11T06:00:00Z", null)]
    // The night in which the clocks go forward, and the one in which they go back.
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z")]
    [InlineData("2026-10-24T23:00:00Z", "2026-10-25T06:00:00Z")]
    public void Silence_from_ten_to_seven_ends_at_seven_by_the_clocks_of_the_place(string moment, string? end) =>
        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, null), new QuietHours(22 * 60, 7 * 60, "Europe/Paris").EndOf(DateTimeOffset.Parse(moment, null)));

    [Theory]
    // Monday 8:00 to 12:00, of which 9:00 to 10:00 is closed on 2 March; extra hours on the Sunday before.
    [InlineData("2026-03-01T10:00:00Z", false, "2026-03-01T15:00:00Z")]
    [InlineData("2026-03-01T15:30:00Z", true, null)]
    [InlineData("2026-03-01T16:00:00Z", false, "2026-03-02T07:00:00Z")]
    [InlineData("2026-03-02T07:30:00Z", true, null)]
    [InlineData("2026-03-02T08:30:00Z", false, "2026-03-02T09:00:00Z")]
    [InlineData("2026-03-09T08:30:00Z", true, null)]
    // A week in which the clocks went forward: eight o'clock is an hour earlier.
    [InlineData("2026-03-29T12:00:00Z", false, "2026-03-30T06:00:00Z")]
    public void An_answer_is_to_be_expected_in_working_hours(string moment, bool isOpen, string? opensAt)
    {
        AvailabilityRule[] rules =
        [
            Rule(RuleKind.Recurring, 1, null, 480, 720), Rule(RuleKind.Closed, null, new(2026, 3, 2), 540, 600), Rule(RuleKind.Extra, null, new(2026, 3, 1), 960, 1020),
        ];
        var calendar = new PracticeCalendar(Guid.Empty, new("Europe/Paris", 50, 0, 0, 90, 0, ConfirmationMode.Automatic), rules);
        Assert.Equal((isOpen, opensAt is null ? null : DateTimeOffset.Parse(opensAt, null)), WorkingHours.At(calendar, DateTimeOffset.Parse(moment, null)));
        Assert.Equal((false, null), WorkingHours.At(calendar with { Rules = [] }, DateTimeOffset.Parse(moment, null)));
    }

    private static AvailabilityRule Rule(RuleKind kind, int? day, DateOnly? on, int from, int until) => new(Guid.CreateVersion7(), kind, day, on, from, until, null, true, default, default);
}
