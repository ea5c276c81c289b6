using System.Collections.Concurrent;

namespace Colloque.Presence;

/// <summary>
/// Who is online in which conversation, in memory: a person is there for <see cref="TimeToLive"/> after the last ping of any of
/// their sockets, or until the last of these has left. No timer a person: one sweep for all.
/// </summary>
/// <remarks>
/// Lists are told whole, so the one told last must be the newest. Each is therefore told while nobody else can change the conversation's, and has a revision for those that travel
/// another way, such as in an answer.
/// </remarks>
public sealed class PresenceBoard(TimeProvider time)
{
    /// <summary>How long a ping counts.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, Room> rooms = new();

    // One for all conversations: it goes on rising in one that was empty meanwhile.
    private long revisions;

    /// <summary>Notes that a person is there through a socket.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="socketId">Through what.</param>
    /// <param name="tell">
    /// Is given the list, and whether this changed it. The calls of one conversation come one after another, in the order of their revisions; it must not wait, nor call this board.
    /// </param>
    public void Ping(Guid conversationId, Guid userId, string socketId, Action<OnlineList, bool> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        while (true)
        {
            var room = rooms.GetOrAdd(conversationId, static _ => new());
            lock (room)
            {
                if (!rooms.TryGetValue(conversationId, out var current) || current != room)
                {
                    // Emptied and dropped between the two lines above.
                    continue;
                }

                var now = time.GetUtcNow();
                var changed = !room.Has(userId, now);
                room.Signs[(userId, socketId)] = now;
                if (changed)
                {
                    room.Revision = Interlocked.Increment(ref revisions);
                }

                tell(room.Online(now), changed);
                return;
            }
        }
    }

    /// <summary>A socket has left a conversation.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="userId">Who.</param>
    /// <param name="socketId">Through what.</param>
    /// <param name="tell">Is given the list if this changed it; as in <see cref="Ping"/>.</param>
    public void Leave(Guid conversationId, Guid userId, string socketId, Action<OnlineList> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        if (!rooms.TryGetValue(conversationId, out var room))
        {
            return;
        }

        lock (room)
        {
            var now = time.GetUtcNow();
            if (room.Signs.Remove((userId, socketId)) && !room.Has(userId, now))
            {
                room.Revision = Interlocked.Increment(ref revisions);
                tell(room.Online(now));
            }

            DropIfEmpty(conversationId, room);
        }
    }

    /// <summary>Who is online.</summary>
    public OnlineList Online(Guid conversationId)
    {
        // Read first: whoever comes while this looks has a higher one.
        var revision = Interlocked.Read(ref revisions);
        if (!rooms.TryGetValue(conversationId, out var room))
        {
            return new(revision, []);
        }

        lock (room)
        {
            return room.Online(time.GetUtcNow());
        }
    }

    /// <summary>Drops what has expired.</summary>
    /// <param name="tell">Is given the conversations, with the lists, in which that changed who is online; as in <see cref="Ping"/>.</param>
    public void Sweep(Action<Guid, OnlineList> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        foreach (var (conversationId, room) in rooms)
        {
            lock (room)
            {
                var now = time.GetUtcNow();
                var expired = room.Signs.Where(p => p.Value <= now - TimeToLive).Select(static p => p.Key).ToArray();
                foreach (var key in expired)
                {
                    room.Signs.Remove(key);
                }

                if (expired.Any(k => !room.Has(k.UserId, now)))
                {
                    room.Revision = Interlocked.Increment(ref revisions);
                    tell(conversationId, room.Online(now));
                }

                DropIfEmpty(conversationId, room);
            }
        }
    }

    // Last, under its lock: the next one of this conversation begins after all of this one's lists are told.
    private void DropIfEmpty(Guid conversationId, Room room)
    {
        if (room.Signs.Count == 0)
        {
            rooms.TryRemove(KeyValuePair.Create(conversationId, room));
        }
    }

    private sealed class Room
    {
        internal Dictionary<(Guid UserId, string SocketId), DateTimeOffset> Signs { get; } = [];

        internal long Revision { get; set; }

        internal bool Has(Guid userId, DateTimeOffset now)
        {
            foreach (var (key, at) in Signs)
            {
                if (key.UserId == userId && at > now - TimeToLive)
                {
                    return true;
                }
            }

            return false;
        }

        internal OnlineList Online(DateTimeOffset now) =>
            new(Revision, [.. Signs.Where(p => p.Value > now - TimeToLive).Select(static p => p.Key.UserId).Distinct().Order()]);
    }
}
