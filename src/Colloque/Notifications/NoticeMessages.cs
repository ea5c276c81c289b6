using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>
/// Makes the notices of messages that stay unread: one unread notice a person and conversation. It looks at what is so, so that it can be asked as often as one likes.
/// </summary>
public sealed class NoticeMessages(ColloqueDb db, MessageNews news, MessageNoticeTimes times, TimeProvider time)
{
    /// <summary>Conversations of one transaction.</summary>
    public const int Most = 500;

    /// <summary>Looks at those that are due. One statement; answers with how many it looked at. No caller: the server's own work.</summary>
    /// <exception cref="Refusal">503; they are due again then.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        var taken = news.TakeDue(now, Most);
        if (taken.Length == 0)
        {
            return 0;
        }

        try
        {
            var again = await db.Database.SqlQuery<Look>(
                $"""
                select conversation_id "ConversationId", min(again_at) "At"
                  from notices_of_messages({taken}, {now}, {(int)Math.Ceiling(times.After.TotalSeconds)}, {(int)Math.Ceiling(times.MailAfter.TotalSeconds)}) group by conversation_id
                """).ToListAsync(cancellationToken);
            again.ForEach(l => news.LookAgain(l.ConversationId, l.At));
            return taken.Length;
        }
        catch
        {
            Array.ForEach(taken, id => news.LookAgain(id, now));
            throw;
        }
    }

    private sealed record Look(Guid ConversationId, DateTimeOffset At);
}

/// <summary>Marks the notices as read whose messages have been read.</summary>
public sealed class SettleNotices(ColloqueDb db, MessageNews news, TimeProvider time)
{
    /// <summary>Reads of one transaction.</summary>
    public const int Most = 2_000;

    /// <summary>Of those who have read since the last look. One statement; answers with how many reads it looked at. No caller: the server's own work.</summary>
    /// <exception cref="Refusal">503; the next scan finds them.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var taken = news.TakeRead(Most);
        if (taken.Length == 0)
        {
            return 0;
        }

        try
        {
            Guid[] people = [.. taken.Select(static r => r.Person)];
            Guid[] conversations = [.. taken.Select(static r => r.Conversation)];
            await db.Database.ExecuteSqlAsync($"select notices_settle({people}, {conversations}, {time.GetMoment()})", cancellationToken);
            return taken.Length;
        }
        catch
        {
            news.NeedsScan = true;
            throw;
        }
    }
}

/// <summary>After a start: settles what was read meanwhile, and finds the conversations in which there may be news.</summary>
public sealed class FindNews(ColloqueDb db, MessageNews news, TimeProvider time)
{
    /// <summary>Two statements, one of which reads all conversations. Answers with how many have to be looked at. No caller: the server's own work.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        // Before the look, not after: what comes up meanwhile asks for another.
        news.NeedsScan = false;
        try
        {
            await db.Database.ExecuteSqlAsync($"select notices_settle(null, null, {now})", cancellationToken);
            var found = await db.Database.SqlQuery<Guid>($"""select id "Value" from conversations_with_news({now})""").ToListAsync(cancellationToken);
            found.ForEach(id => news.LookAgain(id, now));
            return found.Count;
        }
        catch
        {
            news.NeedsScan = true;
            throw;
        }
    }
}
