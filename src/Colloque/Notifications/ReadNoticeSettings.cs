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
            select mail_changes "MailChanges", mail_reminders "MailReminders", reminder_minutes "ReminderMinutes" from notice_settings where user_id = {caller.UserId}
            """).ToListAsync(cancellationToken);
        return rows is [var row] ? new(row.MailChanges, row.MailReminders, row.ReminderMinutes) : new(caller.Role == Role.Patient, caller.Role == Role.Patient, usual.Minutes);
    }

    private sealed record Row(bool MailChanges, bool MailReminders, int[] ReminderMinutes);
}
