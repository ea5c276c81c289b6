using Colloque.Accounts;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>
/// Sends what mailboxes and devices are to hear of conversations, once each: the mail or the push is queued in the transaction that takes it off the notice. What was
/// read by then is not sent; what falls into somebody's quiet hours waits for their end.
/// </summary>
public sealed class SendDueNotices(ColloqueDb db, MailQueue mail, PublicAddress address, TimeProvider time)
{
    /// <summary>Notices of one transaction.</summary>
    public const int Most = 200;

    /// <summary>Four statements at most; answers with how many it looked at. No caller: the server's own work.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select id "Id", user_id "UserId", kind "Kind", conversation_id "ConversationId", read_at "ReadAt", email "Email", language "Language", role "Role", active "Active",
              push_at "PushAt", mail_at "MailAt", mail_messages "MailMessages", push_messages "PushMessages", quiet_from "QuietFrom", quiet_until "QuietUntil",
              quiet_zone "QuietZone", urgent_passes "UrgentPasses" from notices_due({now}, {Most})
            """).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return 0;
        }

        var plans = rows.ConvertAll(r => Plan.Of(r, now));
        MailDraft[] drafts = [.. plans.Where(static p => p.MailsNow).Select(p => Draft(p.Row))];
        if (drafts.Length > 0)
        {
            await mail.EnqueueAsync(drafts, cancellationToken);
        }

        Guid[] pushed = [.. plans.Where(static p => p.PushesNow).Select(static p => p.Row.Id)];
        bool[] urgent = [.. plans.Where(static p => p.PushesNow).Select(static p => p.Row.IsUrgent)];
        if (pushed.Length > 0)
        {
            await db.Database.ExecuteSqlAsync($"select notices_push({pushed}, {urgent}, {now})", cancellationToken);
        }

        Guid[] ids = [.. rows.Select(static r => r.Id)];
        DateTimeOffset?[] push = [.. plans.Select(static p => p.PushAt)];
        DateTimeOffset?[] mails = [.. plans.Select(static p => p.MailAt)];
        await db.Database.ExecuteSqlAsync($"select notices_plan({ids}, {push}, {mails})", cancellationToken);
        return rows.Count;
    }

    private MailDraft Draft(Row row) => new(row.ToKind().ToMail(), row.UserId, row.Email, row.Language, address.Text + NoticeTarget.Of(row.ToKind(), row.ConversationId, row.Role == "Patient"));

    /// <summary>What becomes of a notice now, and what is left of it for later.</summary>
    private sealed record Plan(Row Row, bool MailsNow, bool PushesNow, DateTimeOffset? PushAt, DateTimeOffset? MailAt)
    {
        internal static Plan Of(Row row, DateTimeOffset now)
        {
            // Who was read, or whose account is closed, is told nothing more.
            if (row.ReadAt is not null || !row.Active)
            {
                return new(row, false, false, null, null);
            }

            var quietUntil = row.IsUrgent && row.UrgentPasses ? null : QuietHours.Of(row.QuietFrom, row.QuietUntil, row.QuietZone)?.EndOf(now);
            var (pushIsDue, mailIsDue) = (row.PushAt <= now, row.MailAt <= now);
            // Whoever stands in for others hears of an urgent message by mail, whatever they chose of others.
            var wantsMail = row.MailMessages || row.ToKind() is NoticeKind.UrgentEscalated or NoticeKind.UrgentReminder;
            return new(
                row,
                MailsNow: mailIsDue && wantsMail && quietUntil is null,
                PushesNow: pushIsDue && row.PushMessages && quietUntil is null,
                PushAt: pushIsDue ? quietUntil : row.PushAt,
                MailAt: mailIsDue ? quietUntil : row.MailAt);
        }
    }

    private sealed record Row(
        Guid Id, Guid UserId, string Kind, Guid? ConversationId, DateTimeOffset? ReadAt, string Email, string Language, string Role, bool Active, DateTimeOffset? PushAt,
        DateTimeOffset? MailAt, bool MailMessages, bool PushMessages, int? QuietFrom, int? QuietUntil, string? QuietZone, bool UrgentPasses)
    {
        internal bool IsUrgent => ToKind() is NoticeKind.UrgentEscalated or NoticeKind.UrgentReminder or NoticeKind.UrgentWaiting;

        internal NoticeKind ToKind() => Enum.Parse<NoticeKind>(Kind);
    }
}
