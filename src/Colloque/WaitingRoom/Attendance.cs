using System.Collections.Concurrent;

namespace Colloque.WaitingRoom;

/// <summary>
/// Who is there, in memory: a person is while one of their devices is connected, and for <see cref="SignCounts"/> after a sign of life over HTTP, which is all
/// that a client without sockets gives. No timer a person; the sweep asks.
/// </summary>
public sealed class Attendance(TimeProvider time)
{
    /// <summary>How long a request to the waiting room counts.</summary>
    public static readonly TimeSpan SignCounts = TimeSpan.FromMinutes(2);

    /// <summary>After a start of the server, how long devices have to connect again before their people count as away.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<Guid, Stay> people = new();
    private readonly DateTimeOffset begun = time.GetUtcNow();

    /// <summary>A device connected.</summary>
    public void Connected(Guid person) => people.AddOrUpdate(person, static _ => new(1, null, null), static (_, was) => was with { Devices = was.Devices + 1 });

    /// <summary>A device is gone: with the last of them the person is, whatever else they asked a moment ago.</summary>
    public void Disconnected(Guid person)
    {
        var now = time.GetUtcNow();
        people.AddOrUpdate(person, _ => new(0, null, now), (_, was) => was.Devices > 1 ? was with { Devices = was.Devices - 1 } : new(0, null, now));
    }

    /// <summary>A sign of life without a socket.</summary>
    public void Seen(Guid person)
    {
        var until = time.GetUtcNow() + SignCounts;
        people.AddOrUpdate(person, _ => new(0, until, null), (_, was) => was with { SignUntil = until });
    }

    /// <summary>Whether somebody is known to be there.</summary>
    public bool IsHere(Guid person) => people.TryGetValue(person, out var stay) && stay.IsHere(time.GetUtcNow());

    /// <summary>Since when somebody is away; null while they are there, or may yet come back after a start of the server.</summary>
    public DateTimeOffset? AwaySince(Guid person)
    {
        var now = time.GetUtcNow();
        return people.TryGetValue(person, out var stay) ? stay.IsHere(now) ? null : stay.SignUntil ?? stay.GoneAt
            : now < begun + Grace ? null
            : begun;
    }

    /// <summary>Forgets who is long gone.</summary>
    public void Prune()
    {
        var before = time.GetUtcNow() - Kept;
        foreach (var entry in people.Where(e => e.Value.Devices == 0 && (e.Value.SignUntil ?? e.Value.GoneAt) < before))
        {
            people.TryRemove(entry);
        }
    }

    private sealed record Stay(int Devices, DateTimeOffset? SignUntil, DateTimeOffset? GoneAt)
    {
        internal bool IsHere(DateTimeOffset now) => Devices > 0 || SignUntil > now;
    }
}
