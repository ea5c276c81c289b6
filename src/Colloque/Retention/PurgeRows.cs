using Colloque.Files;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Retention;

/// <summary>The steps of a purge, each in a transaction of its own; without a caller.</summary>
public sealed class PurgeRows(ColloqueDb db, RetentionSettings settings, TimeProvider time, ObjectStore? store = null)
{
    /// <summary>Conversations that are begun with at once, and rows or files of one transaction.</summary>
    public const int MostConversations = 20, MostRows = 2_000, MostFiles = 50;

    /// <summary>A sweep that did not look for longer than this only looks, for <see cref="Waiting"/>.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromDays(3);

    /// <summary>How long the time of day must have gone on without such a gap before anything is erased.</summary>
    public static readonly TimeSpan Waiting = TimeSpan.FromDays(7);

    /// <summary>Notes the look; true where the time of day has gone on evenly for long enough.</summary>
    internal Task<bool> LookAsync(CancellationToken cancellationToken) =>
        db.Database.SqlQuery<bool>($"""select retention_look({time.GetMoment()}, {Gap}, {Waiting}) as "Value" """).SingleAsync(cancellationToken);

    /// <summary>Erases the keys and ends the seats of some whose time is over; what they sealed can be opened by nobody from then on.</summary>
    internal Task<List<Guid>> BeginAsync(CancellationToken cancellationToken)
    {
        var floors = settings.Years.ToList();
        string[] kinds = [.. floors.Select(static f => f.Key.ToString())];
        int[] years = [.. floors.Select(static f => f.Value)];
        return db.Database.SqlQuery<Guid>($"""select purge_begin as "Value" from purge_begin({time.GetMoment()}, {kinds}, {years}, {MostConversations})""").ToListAsync(cancellationToken);
    }

    /// <summary>All that were begun with and are not finished, whoever began.</summary>
    internal Task<List<Guid>> BegunAsync(CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Guid>($"""select purges_begun as "Value" from purges_begun()""").ToListAsync(cancellationToken);

    /// <summary>Erases some rows; false where none are left.</summary>
    internal async Task<bool> EraseAsync(Guid conversation, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<long>($"""select purge_rows({conversation}, {MostRows}) as "Value" """).SingleAsync(cancellationToken) > 0;

    /// <summary>Erases some files; false where none are left.</summary>
    internal async Task<bool> EraseFilesAsync(Guid conversation, CancellationToken cancellationToken)
    {
        var objects = await db.Database.SqlQuery<string>($"""select purge_files as "Value" from purge_files({conversation}, {MostFiles})""").ToListAsync(cancellationToken);
        // Before the commit: after a crash here the rows are still there, and the next look ends what this one began.
        foreach (var key in objects)
        {
            if (store is not null)
            {
                await store.RemoveAsync(key, cancellationToken);
            }
        }

        return objects.Count > 0;
    }

    /// <summary>Erases the conversation and its record, and writes the report.</summary>
    internal Task<bool> FinishAsync(Guid conversation, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<bool>($"""select purge_finish({conversation}, {time.GetMoment()}) as "Value" """).SingleAsync(cancellationToken);
}
