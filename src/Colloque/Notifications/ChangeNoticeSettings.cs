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
    public async Task<NoticeSettings> RunAsync(bool? mailChanges, bool? mailReminders, IReadOnlyList<int>? reminderMinutes, CancellationToken cancellationToken)
    {
        if (reminderMinutes is not null && (reminderMinutes.Count > MostReminders || reminderMinutes.Any(static m => m is < NearestMinutes or > FarthestMinutes)))
        {
            throw Refusal.Invalid("reminderMinutes");
        }

        var was = await present.RunAsync(cancellationToken);
        var settings = new NoticeSettings(
            mailChanges ?? was.MailChanges, mailReminders ?? was.MailReminders, reminderMinutes is null ? was.ReminderMinutes : [.. reminderMinutes.Distinct().OrderDescending()]);
        int[] minutes = [.. settings.ReminderMinutes];
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into notice_settings (user_id, mail_changes, mail_reminders, reminder_minutes, updated_at)
              values ({scope.Required.UserId}, {settings.MailChanges}, {settings.MailReminders}, {minutes}, {time.GetMoment()})
              on conflict (user_id) do update set mail_changes = excluded.mail_changes, mail_reminders = excluded.mail_reminders,
                reminder_minutes = excluded.reminder_minutes, updated_at = excluded.updated_at
            """,
            cancellationToken);
        return settings;
    }
}
