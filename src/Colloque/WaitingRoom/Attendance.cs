using System.Collections.Concurrent;

namespace Colloque.WaitingRoom;

/// <summary>
/// Who is there by what this process sees, in memory: a person is while one of their devices is connected to it, and for <see cref="SignCounts"/> after a sign of life
/// over HTTP, which is all that a client without sockets gives. No timer a person; the sweep asks, and writes down for other processes what it is told.
/// </summary>
public sealed class Attendance(TimeProvider time)
{
    /// <summary>How long a request to the waiting room counts.</summary>
    public static readonly TimeSpan SignCounts = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<Guid, Stay> people = new();

    /// <summary>When this process began to look.</summary>
    public DateTimeOffset Begun { get; } = time.GetUtcNow();

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

    /// <summary>Whether one of these is known to be there.</summary>
    public bool IsAnyHere(IEnumerable<Guid> persons) => persons.Any(IsHere);

    /// <summary>When the last of these went, who were here and are not; null where none of them was here since this process began.</summary>
    public DateTimeOffset? GoneAt(IEnumerable<Guid> persons) =>
        persons.Select(p => people.TryGetValue(p, out var stay) ? stay.SignUntil ?? stay.GoneAt : null).Max();

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
