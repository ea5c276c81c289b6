using System.Globalization;
using Colloque.Scheduling;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's words for hours, dates and how a practitioner works.</summary>
internal static class AvailabilityWords
{
    internal static AvailabilityAnswer Of(AvailabilityRule rule, PracticeSettings settings) => new(
        rule.Id, rule.DayOfWeek ?? (int)rule.OnDate!.Value.DayOfWeek, TimeOf(rule.StartMinute), TimeOf(rule.EndMinute),
        rule.Kind == RuleKind.Closed ? null : rule.SlotMinutes ?? settings.SlotMinutes, rule.Kind != RuleKind.Recurring,
        rule.OnDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), rule.Kind != RuleKind.Closed, rule.Active, rule.CreatedAt.UtcDateTime, rule.UpdatedAt.UtcDateTime);

    /// <exception cref="Refusal">422, naming the member.</exception>
    internal static RuleDraft ToDraft(AvailabilityBody body) => new(
        body.IsException, body.DayOfWeek, body.ExceptionDate is null ? null : ToDate(body.ExceptionDate) ?? throw Refusal.Invalid("exceptionDate"), body.IsAvailable,
        ToMinute(body.StartTime, "startTime"), ToMinute(body.EndTime, "endTime"), body.SlotDuration, body.IsActive);

    internal static AvailabilitySettings Of(PracticeSettings settings) => new(
        settings.TimeZone, settings.SlotMinutes, settings.BufferMinutes, settings.MinimumNoticeMinutes, settings.MaximumHorizonDays, settings.CancellationDeadlineMinutes,
        settings.Confirmation == ConfirmationMode.Manual ? "MANUAL" : "AUTOMATIC");

    /// <exception cref="Refusal">422 <c>confirmation</c>.</exception>
    internal static SettingsChange ToChange(AvailabilitySettings body) => new(
        body.TimeZone, body.SlotDuration, body.BufferMinutes, body.MinimumNoticeMinutes, body.MaximumHorizonDays, body.CancellationDeadlineMinutes,
        body.Confirmation switch { null => null, "AUTOMATIC" => ConfirmationMode.Automatic, "MANUAL" => ConfirmationMode.Manual, _ => throw Refusal.Invalid("confirmation") });

    internal static SlotAnswer Of(SlotView view, string zone) => new(
        view.Slot.StartsAt.UtcDateTime, view.Slot.EndsAt.UtcDateTime, Zones.At(view.Slot.StartsAt, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), view.Slot.Minutes,
        view.Available);

    /// <summary>A date, <c>yyyy-MM-dd</c>; null where it is none.</summary>
    internal static DateOnly? ToDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Minutes after midnight; <c>24:00</c> is the end of a day.</summary>
    private static int? ToMinute(string? text, string field) => text switch
    {
        null => null,
        "24:00" => AvailabilityRule.DayMinutes,
        _ => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : throw Refusal.Invalid(field),
    };

    private static string? TimeOf(int? minute) => minute is { } m ? string.Create(CultureInfo.InvariantCulture, $"{m / 60:00}:{m % 60:00}") : null;
}
