using Colloque.Storage;

namespace Colloque.Operations;

/// <summary>Lists backups, newest first.</summary>
public sealed class ListBackups(BackupRows rows, CallerScope scope)
{
    /// <summary>One query.</summary>
    /// <param name="cursor">From <c>nextCursor</c>; null for the start.</param>
    /// <param name="limit">1..100.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">422 <c>cursor</c>, <c>limit</c>; 503.</exception>
    public async Task<(IReadOnlyList<BackupView> Items, string? NextCursor)> RunAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > 100)
        {
            throw Refusal.Invalid("limit");
        }

        var (time, id) = PageCursor.ToTime(cursor) ?? (new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), Guid.AllBitsSet);
        var found = await rows.PageAsync(scope.Required, time, id, limit + 1, cancellationToken);
        IReadOnlyList<BackupView> items = [.. found.Take(limit)];
        return (items, found.Count > limit ? PageCursor.OfTime(items[^1].RequestedAt, items[^1].Id) : null);
    }
}
