using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Files;

/// <summary>Removes uploads that nobody confirmed within a day. Run without a caller, now and then, by the host.</summary>
public sealed class SweepFiles(ColloqueDb db, ObjectStore store, TimeProvider time)
{
    /// <summary>
    /// Files that one sweep removes at most: when the clock jumps, uploads go at this pace and not all at once, and somebody may see it.
    /// Confirmed files are never swept.
    /// </summary>
    public const int MaxRemoved = 100;

    /// <summary>How long an upload may wait for its confirmation.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromHours(24);

    // Rows go first, so what has no row has been without for long.
    private static readonly TimeSpan StaleAge = 2 * Age;

    /// <summary>Answers with the number of files removed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var keys = await db.Database.SqlQuery<string>($"select files_sweep as \"Value\" from files_sweep({now - Age}, {MaxRemoved})").ToListAsync(cancellationToken);
        keys.AddRange(await db.Database.SqlQuery<string>($"select person_files_sweep as \"Value\" from person_files_sweep({now - Age}, {MaxRemoved})").ToListAsync(cancellationToken));
        // Before the commit: after a crash here the rows are still there, and the next sweep ends what this one began.
        foreach (var key in keys)
        {
            await store.RemoveAsync(key, CancellationToken.None);
        }

        return keys.Count + await store.RemoveStaleAsync(now - StaleAge, MaxRemoved, cancellationToken);
    }
}
