using Colloque.Accounts;
using Colloque.Calendars;
using Colloque.Consultations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>
/// Tells people of what they have not been told: on their sockets after the commit, and by one mail each, queued in the transaction that marks the notice. A process
/// that dies in between has told nothing and tells it again.
/// </summary>
public sealed class TellNotices(ColloqueDb db, UnitOfWork work, MailQueue mail, PublicAddress address, TimeProvider time)
{
    /// <summary>Notices of one transaction.</summary>
    public const int Most = 200;

    /// <summary>After so long nobody waits for that practitioner any more.</summary>
    private static readonly TimeSpan ReadyFor = TimeSpan.FromMinutes(10);

    /// <summary>Three statements; answers with how many were told. No caller: the server's own work.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select id "Id", user_id "UserId", kind "Kind", consultation_id "ConsultationId", practitioner_id "PractitionerId", starts_at "StartsAt", created_at "CreatedAt",
              email "Email", language "Language", role "Role", active "Active", mail_changes "MailChanges", mail_reminders "MailReminders", status "Status",
              duration_minutes "DurationMinutes", time_zone "TimeZone", moves "Moves",
              conversation_id "ConversationId" from notices_untold({Most})
            """).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return 0;
        }

        var mails = rows.Where(r => IsWanted(r, now)).Select(r => Draft(r, now)).ToArray();
        if (mails.Length > 0)
        {
            await mail.EnqueueAsync(mails, cancellationToken);
        }

        Guid[] told = [.. rows.Select(static r => r.Id)];
        await db.Database.ExecuteSqlAsync($"select notices_told({told}, {now})", cancellationToken);
        foreach (var row in rows)
        {
            work.Announce(new NoticeMade(row.UserId, new(row.Id, row.ToKind(), row.ConsultationId, row.PractitionerId, row.StartsAt, row.CreatedAt, null) { ConversationId = row.ConversationId }));
        }

        return rows.Count;
    }

    /// <summary>A mail that comes too late to be of use is not sent: a server that was away all night says neither that somebody is ready nor that a time is kept, which others have by now.</summary>
    private static bool IsWanted(Row row, DateTimeOffset now) => row.Active && row.ToKind() switch
    {
        NoticeKind.Reminder => row.MailReminders && row.StartsAt > now && row.Status is nameof(ConsultationStatus.Confirmed),
        NoticeKind.PractitionerReady => row.MailChanges && now - row.CreatedAt < ReadyFor,
        NoticeKind.SlotOffered => row.MailChanges && row.StartsAt > now && now - row.CreatedAt < WaitingList.OfferLifetime,
        // Of conversations mailboxes hear by SendDueNotices, later or not at all.
        _ => row.MailChanges && row.ConversationId is null && row.ToKind() is not NoticeKind.RecordWritten,
    };

    private MailDraft Draft(Row row, DateTimeOffset now)
    {
        var patient = row.Role == "Patient";
        var page = row.ConsultationId is { } visit ? VisitPage.Of(address, patient, visit) : $"{address.Text}/patient/practitioners/{row.PractitionerId}";
        var when = VisitTime.Say(row.StartsAt, row.TimeZone ?? "UTC", row.Language);
        var calendar = row is { ConsultationId: { } id, DurationMinutes: { } minutes, Status: { } status } && row.ToKind() is NoticeKind.Booked or NoticeKind.Confirmed or NoticeKind.Cancelled or NoticeKind.Rescheduled
            ? CalendarText.Write([new(id, Enum.Parse<ConsultationStatus>(status), row.StartsAt, minutes, row.Moves, now, page)], row.Language, null)
            : null;
        // Whoever is reminded has time to see whether camera and connection work; for a visit in person that page leads on to the visit's own.
        var link = row.ToKind() == NoticeKind.Reminder ? $"{page}/test" : page;
        return new(row.ToKind().ToMail(), row.UserId, row.Email, row.Language, link) { When = when, Calendar = calendar };
    }

    private sealed record Row(
        Guid Id, Guid UserId, string Kind, Guid? ConsultationId, Guid? PractitionerId, DateTimeOffset StartsAt, DateTimeOffset CreatedAt, string Email, string Language, string Role,
        bool Active, bool MailChanges, bool MailReminders, string? Status, int? DurationMinutes, string? TimeZone, int Moves, Guid? ConversationId)
    {
        internal NoticeKind ToKind() => Enum.Parse<NoticeKind>(Kind);
    }
}
