using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>Shows what the caller has chosen to hear of.</summary>
public sealed class ReadNoticeSettings(ColloqueDb db, CallerScope scope, UsualReminders usual)
{
    /// <summary>One query. Who has chosen nothing has their role's: patients get mails, practitioners see notices here.</summary>
    public async Task<NoticeSettings> RunAsync(CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select mail_changes "MailChanges", mail_reminders "MailReminders", reminder_minutes "ReminderMinutes", mail_messages "MailMessages", push_messages "PushMessages",
              quiet_from "QuietFrom", quiet_until "QuietUntil", quiet_zone "QuietZone", urgent_passes "UrgentPasses" from notice_settings where user_id = {caller.UserId}
            """).ToListAsync(cancellationToken);
        var usually = caller.Role == Role.Patient;
        return rows is [var row]
            ? new(row.MailChanges, row.MailReminders, row.ReminderMinutes)
            {
                MailMessages = row.MailMessages ?? usually,
                PushMessages = row.PushMessages,
                Quiet = QuietHours.Of(row.QuietFrom, row.QuietUntil, row.QuietZone),
                UrgentPasses = row.UrgentPasses,
            }
            : new(usually, usually, usual.Minutes) { MailMessages = usually };
    }

    private sealed record Row(
        bool MailChanges, bool MailReminders, int[] ReminderMinutes, bool? MailMessages, bool PushMessages, int? QuietFrom, int? QuietUntil, string? QuietZone, bool UrgentPasses);
}
