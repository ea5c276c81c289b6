using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>How one person writes about their records; their own numbers, of nobody else.</summary>
/// <param name="ActiveSessions">Conversations that take messages.</param>
/// <param name="ArchivedSessions">Those put away.</param>
/// <param name="ClosedSessions">Those closed for good.</param>
/// <param name="Sent">Messages of theirs in the time that is looked at.</param>
/// <param name="Received">Messages for them in that time.</param>
/// <param name="ReceivedUrgent">Of these, urgent ones.</param>
/// <param name="AwaitingAnswer">Of these, those that ask for an answer which has not come.</param>
/// <param name="Answers">How often they answered.</param>
/// <param name="MedianAnswerSeconds">From the first message that waited to the first answer, seconds; the middle one. Null for no answer.</param>
public sealed record MessagingMeasure(
    int ActiveSessions, int ArchivedSessions, int ClosedSessions, int Sent, int Received, int ReceivedUrgent, int AwaitingAnswer, int Answers, double? MedianAnswerSeconds);

/// <summary>Measures how the caller writes about their records.</summary>
public sealed class MeasureMessaging(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>What is looked at: so many days back.</summary>
    public const int Days = 90;

    /// <summary>One query over the caller's own conversations.</summary>
    /// <exception cref="Refusal">403 administrators.</exception>
    public async Task<MessagingMeasure> RunAsync(CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var since = time.GetMoment().AddDays(-Days);
        return await db.Database.SqlQuery<MessagingMeasure>(
            $"""
            with mine as (
              select v.id, v.status from participants p join conversations v on v.id = p.conversation_id
              where p.user_id = current_user_id() and p.left_at is null and v.kind = any ({ContextSession.Kinds})),
            said as (
              select m.conversation_id, m.seq, m.created_at, m.flags, m.sender_id = current_user_id() own, lag(m.sender_id = current_user_id()) over w before
              from mine join messages m on m.conversation_id = mine.id
              where m.created_at >= {since} and m.kind <> 'System' and m.deleted_at is null
              window w as (partition by m.conversation_id order by m.seq)),
            -- Beside each message: when the first of those began to wait that nothing was said to since, and the last of the caller's own.
            timed as (
              select said.*, max(created_at) filter (where not own and coalesce(before, true)) over w began, max(seq) filter (where own) over (partition by conversation_id) last_own
              from said window w as (partition by conversation_id order by seq))
            select
              (select count(*)::int from mine where status = 'Open') "ActiveSessions",
              (select count(*)::int from mine where status = 'Archived') "ArchivedSessions",
              (select count(*)::int from mine where status = 'Closed') "ClosedSessions",
              (count(*) filter (where own))::int "Sent",
              (count(*) filter (where not own))::int "Received",
              (count(*) filter (where not own and flags % 2 = 1))::int "ReceivedUrgent",
              (count(*) filter (where not own and flags >= 2 and seq > coalesce(last_own, 0)))::int "AwaitingAnswer",
              (count(*) filter (where own and not before))::int "Answers",
              percentile_cont(0.5) within group (order by extract(epoch from created_at - began)::double precision) filter (where own and not before) "MedianAnswerSeconds"
            from timed
            """).SingleAsync(cancellationToken);
    }
}
