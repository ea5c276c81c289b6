using System.Collections.Concurrent;
using Colloque.Conversations;

namespace Colloque.Notifications;

/// <summary>When people are told of messages that they have not read.</summary>
/// <param name="After">Before the bell and devices say so.</param>
/// <param name="MailAfter">Before a mail says so; not less.</param>
/// <param name="UrgentAfter">How long an urgent message waits for a practitioner who has named no deputy.</param>
public sealed record MessageNoticeTimes(TimeSpan After, TimeSpan MailAfter, TimeSpan UrgentAfter)
{
    /// <summary>5, 15 and 15 minutes.</summary>
    public static MessageNoticeTimes Usual { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15));
}

/// <summary>
/// Where something was said or read since the last look, in the memory of this process: sending a message costs an entry here and nothing in the database. What is lost
/// with a process is found again by one scan at the next start; what decides is always what the tables say.
/// </summary>
public sealed class MessageNews(MessageNoticeTimes times)
{
    /// <summary>Entries kept; what does not fit is found by a scan.</summary>
    private const int Capacity = 200_000;

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> due = new();
    private readonly ConcurrentDictionary<(Guid Person, Guid Conversation), bool> read = new();

    /// <summary>Everything has to be looked at: after a start, and when there was too much to remember.</summary>
    public bool NeedsScan { get; set; } = true;

    /// <summary>Remembers; never waits.</summary>
    public void Announce(Announcement announcement)
    {
        switch (announcement)
        {
            // Of a talk under way the first is enough, and the look finds the rest.
            case MessageAppended { Message: { Kind: not MessageKind.System } message } when !due.ContainsKey(message.ConversationId):
                LookAgain(message.ConversationId, message.CreatedAt + times.After);
                break;
            case ReceiptAdvanced { Kind: ReceiptKind.Read } r when Fits(read.Count):
                read[(r.UserId, r.ConversationId)] = true;
                break;
        }
    }

    /// <summary>A conversation is to be looked at then, or earlier.</summary>
    public void LookAgain(Guid conversationId, DateTimeOffset at)
    {
        if (Fits(due.Count))
        {
            due.AddOrUpdate(conversationId, at, (_, was) => was < at ? was : at);
        }
    }

    /// <summary>Takes out conversations that are due.</summary>
    public Guid[] TakeDue(DateTimeOffset now, int most)
    {
        Guid[] taken = [.. due.Where(d => d.Value <= now).Take(most).Select(static d => d.Key)];
        Array.ForEach(taken, id => due.TryRemove(id, out _));
        return taken;
    }

    /// <summary>Takes out who has read where.</summary>
    public (Guid Person, Guid Conversation)[] TakeRead(int most)
    {
        (Guid, Guid)[] taken = [.. read.Take(most).Select(static r => r.Key)];
        Array.ForEach(taken, key => read.TryRemove(key, out _));
        return taken;
    }

    private bool Fits(int count)
    {
        NeedsScan |= count >= Capacity;
        return count < Capacity;
    }
}
