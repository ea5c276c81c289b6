using System.Globalization;
using Colloque.Notifications;

namespace Colloque.Server.Contracts.Platform;

/// <summary>What a person wants to hear of, between the wire and the core.</summary>
internal static class NotificationChoices
{
    private const string Time = "HH:mm";

    internal static NotificationSettings Of(NoticeSettings settings) => new(
        new(settings.MailChanges, settings.MailReminders, settings.MailMessages), settings.ReminderMinutes, new(settings.PushMessages),
        new(settings.Quiet is not null, Say(settings.Quiet?.From), Say(settings.Quiet?.Until), settings.Quiet?.TimeZone, settings.UrgentPasses));

    /// <exception cref="Refusal">422 <c>quietHours</c>.</exception>
    internal static NoticeChoices Of(NotificationSettings body) => new()
    {
        MailChanges = body.Mail?.Changes,
        MailReminders = body.Mail?.Reminders,
        MailMessages = body.Mail?.Messages,
        PushMessages = body.Push?.Messages,
        ReminderMinutes = body.ReminderMinutes,
        EndsQuiet = body.QuietHours?.Enabled is false,
        Quiet = body.QuietHours is { Enabled: true } quiet ? new(Minute(quiet.From), Minute(quiet.To), quiet.TimeZone ?? throw Refusal.Invalid("quietHours")) : null,
        UrgentPasses = body.QuietHours?.UrgentPasses,
    };

    private static string? Say(int? minute) => minute is { } m ? new TimeOnly(m / 60, m % 60).ToString(Time, CultureInfo.InvariantCulture) : null;

    private static int Minute(string? text) =>
        TimeOnly.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : throw Refusal.Invalid("quietHours");
}
