using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>Changes what the caller hears of.</summary>
public sealed class ChangeNoticeSettings(ColloqueDb db, CallerScope scope, ReadNoticeSettings present, TimeProvider time)
{
    /// <summary>How many reminders a visit may have.</summary>
    public const int MostReminders = 5;

    private const int NearestMinutes = 5;
    private const int FarthestMinutes = 7 * 24 * 60;

    /// <summary>Two statements. What is null stays as it is.</summary>
    /// <exception cref="Refusal">422 <c>reminderMinutes</c>.</exception>
    public Task<NoticeSettings> RunAsync(bool? mailChanges, bool? mailReminders, IReadOnlyList<int>? reminderMinutes, CancellationToken cancellationToken) =>
        RunAsync(new NoticeChoices { MailChanges = mailChanges, MailReminders = mailReminders, ReminderMinutes = reminderMinutes }, cancellationToken);

    /// <summary>Two statements. What is null stays as it is.</summary>
    /// <exception cref="Refusal">422 <c>reminderMinutes</c>, <c>quietHours</c>, <c>timeZone</c>.</exception>
    public async Task<NoticeSettings> RunAsync(NoticeChoices choices, CancellationToken cancellationToken)
    {
        if (choices.ReminderMinutes is { } minutes && (minutes.Count > MostReminders || minutes.Any(static m => m is < NearestMinutes or > FarthestMinutes)))
        {
            throw Refusal.Invalid("reminderMinutes");
        }

        choices.Quiet?.Check();
        var was = await present.RunAsync(cancellationToken);
        var settings = new NoticeSettings(
            choices.MailChanges ?? was.MailChanges, choices.MailReminders ?? was.MailReminders,
            choices.ReminderMinutes is null ? was.ReminderMinutes : [.. choices.ReminderMinutes.Distinct().OrderDescending()])
        {
            MailMessages = choices.MailMessages ?? was.MailMessages,
            PushMessages = choices.PushMessages ?? was.PushMessages,
            Quiet = choices.EndsQuiet ? null : choices.Quiet ?? was.Quiet,
            UrgentPasses = choices.UrgentPasses ?? was.UrgentPasses,
        };
        await SaveAsync(settings, cancellationToken);
        return settings;
    }

    private Task SaveAsync(NoticeSettings settings, CancellationToken cancellationToken)
    {
        int[] minutes = [.. settings.ReminderMinutes];
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into notice_settings (user_id, mail_changes, mail_reminders, reminder_minutes, updated_at, mail_messages, push_messages, quiet_from, quiet_until, quiet_zone, urgent_passes)
              values ({scope.Required.UserId}, {settings.MailChanges}, {settings.MailReminders}, {minutes}, {time.GetMoment()}, {settings.MailMessages}, {settings.PushMessages},
                {settings.Quiet?.From}, {settings.Quiet?.Until}, {settings.Quiet?.TimeZone}, {settings.UrgentPasses})
              on conflict (user_id) do update set mail_changes = excluded.mail_changes, mail_reminders = excluded.mail_reminders,
                reminder_minutes = excluded.reminder_minutes, updated_at = excluded.updated_at, mail_messages = excluded.mail_messages, push_messages = excluded.push_messages,
                quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, quiet_zone = excluded.quiet_zone, urgent_passes = excluded.urgent_passes
            """,
            cancellationToken);
    }
}
