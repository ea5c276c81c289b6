using System.Collections.Concurrent;

namespace Colloque.Calls;

/// <summary>Which places of calls have their device connected, to this process or, by its word, to another; in memory. The sweep asks, and writes down which are here.</summary>
public sealed class CallAttendance(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    /// <summary>From the commit that gives a place until its device is known: far less than a second.</summary>
    private static readonly TimeSpan Taking = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, Place> peers = new();

    /// <summary>When this process began to look.</summary>
    public DateTimeOffset Begun { get; } = time.GetUtcNow();

    /// <summary>Its device is here.</summary>
    public void Came(Guid peer) => peers[peer] = new(null, Elsewhere: false);

    /// <summary>Its device is at another node, and not here.</summary>
    public void CameElsewhere(Guid peer) => peers[peer] = new(null, Elsewhere: true);

    /// <summary>Its device is gone, and may be back.</summary>
    public void Went(Guid peer)
    {
        if (peers.TryGetValue(peer, out var place) && place.Gone is null)
        {
            peers[peer] = place with { Gone = time.GetUtcNow() };
        }
    }

    /// <summary>Nobody asks for it any more.</summary>
    public void Forget(Guid peer) => peers.TryRemove(peer, out _);

    /// <summary>Whether its device is there, or about to be: who has just got a place has not been seen in it yet.</summary>
    public bool IsHere(CallMember member) => peers.TryGetValue(member.PeerId, out var place) ? place.Gone is null : time.GetUtcNow() - member.JoinedAt < Taking;

    /// <summary>All whose device is connected to this process.</summary>
    public Guid[] Here() => [.. peers.Where(static p => p.Value is { Gone: null, Elsewhere: false }).Select(static p => p.Key)];

    /// <summary>
    /// Since when a place is without its device: since it went or, where this process never saw it, since another did; but not since before this process
    /// began, for nobody could come back to it then. Null: it is there.
    /// </summary>
    public DateTimeOffset? AwaySince(CallMember member)
    {
        if (!peers.TryGetValue(member.PeerId, out var place))
        {
            return member.SeenAt > Begun ? member.SeenAt : Begun;
        }

        return place.Gone is not { } at ? null : at > member.SeenAt ? at : member.SeenAt;
    }

    /// <summary>Forgets who is long gone.</summary>
    public void Prune()
    {
        var before = time.GetUtcNow() - Kept;
        foreach (var entry in peers.Where(p => p.Value.Gone < before))
        {
            peers.TryRemove(entry);
        }
    }

    /// <param name="Gone">Since when it is without its device; null: it has it.</param>
    /// <param name="Elsewhere">The device is, or was last, at another node.</param>
    private readonly record struct Place(DateTimeOffset? Gone, bool Elsewhere);
}
