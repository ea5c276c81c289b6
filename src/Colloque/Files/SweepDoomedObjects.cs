using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Files;

/// <summary>
/// Removes objects whose rows are gone: a deleted message's, and those a crash left on the way to their row. Looks at what is noted, so nothing is lost with
/// a process. Run without a caller, every few seconds, by the host.
/// </summary>
public sealed class SweepDoomedObjects(ColloqueDb db, ObjectStore store, TimeProvider time)
{
    /// <summary>Objects that one sweep removes at most.</summary>
    public const int MaxRemoved = 100;

    /// <summary>How long an object may be on its way to its row.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Answers with the number of objects removed.</summary>
    /// <exception cref="Refusal">503 the store does not answer; the notes stay.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var keys = await db.Database.SqlQuery<string>($"select objects_doomed as \"Value\" from objects_doomed({time.GetUtcNow()}, {MaxRemoved})").ToListAsync(cancellationToken);
        // Before the commit: after a crash here the notes are still there.
        foreach (var key in keys)
        {
            await store.RemoveAsync(key, cancellationToken);
        }

        return keys.Count;
    }
}
