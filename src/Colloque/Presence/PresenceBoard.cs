using System.Collections.Concurrent;

namespace Colloque.Presence;

/// <summary>
/// Who is online in which conversation, in memory: a person is there for <see cref="TimeToLive"/> after the last ping of any of
/// their sockets, or until the last of these has left. No timer a person: one sweep for all.
/// </summary>
public sealed class PresenceBoard(TimeProvider time)
{
    /// <summary>How long a ping counts.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, Dictionary<(Guid UserId, string SocketId), DateTimeOffset>> rooms = new();

    /// <summary>Notes that a person is there through a socket; true if that changed who is online.</summary>
    public bool Ping(Guid conversationId, Guid userId, string socketId)
    {
        while (true)
        {
            var room = rooms.GetOrAdd(conversationId, static _ => []);
            lock (room)
            {
                if (!rooms.TryGetValue(conversationId, out var current) || current != room)
                {
                    // Emptied and dropped between the two lines above.
                    continue;
                }

                var now = time.GetUtcNow();
                var was = IsOnline(room, userId, now);
                room[(userId, socketId)] = now;
                return !was;
            }
        }
    }

    /// <summary>A socket has left a conversation; true if that changed who is online.</summary>
    public bool Leave(Guid conversationId, Guid userId, string socketId)
    {
        if (!rooms.TryGetValue(conversationId, out var room))
        {
            return false;
        }

        lock (room)
        {
            var left = room.Remove((userId, socketId)) && !IsOnline(room, userId, time.GetUtcNow());
            if (room.Count == 0)
            {
                rooms.TryRemove(KeyValuePair.Create(conversationId, room));
            }

            return left;
        }
    }

    /// <summary>Who is online, each once, in the order of their ids.</summary>
    public IReadOnlyList<Guid> Online(Guid conversationId)
    {
        if (!rooms.TryGetValue(conversationId, out var room))
        {
            return [];
        }

        lock (room)
        {
            var since = time.GetUtcNow() - TimeToLive;
            return [.. room.Where(p => p.Value > since).Select(static p => p.Key.UserId).Distinct().Order()];
        }
    }

    /// <summary>Drops what has expired; answers with the conversations in which that changed who is online.</summary>
    public IReadOnlyList<Guid> Sweep()
    {
        var changed = new List<Guid>();
        var since = time.GetUtcNow() - TimeToLive;
        foreach (var (conversationId, room) in rooms)
        {
            lock (room)
            {
                var expired = room.Where(p => p.Value <= since).Select(static p => p.Key).ToArray();
                foreach (var key in expired)
                {
                    room.Remove(key);
                }

                if (expired.Any(k => !IsOnline(room, k.UserId, time.GetUtcNow())))
                {
                    changed.Add(conversationId);
                }

                if (room.Count == 0)
                {
                    rooms.TryRemove(KeyValuePair.Create(conversationId, room));
                }
            }
        }

        return changed;
    }

    private static bool IsOnline(Dictionary<(Guid UserId, string SocketId), DateTimeOffset> room, Guid userId, DateTimeOffset now)
    {
        foreach (var (key, at) in room)
        {
            if (key.UserId == userId && at > now - TimeToLive)
            {
                return true;
            }
        }

        return false;
    }
}
