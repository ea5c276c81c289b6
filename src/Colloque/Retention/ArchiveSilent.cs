using Colloque.Conversations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Retention;

/// <summary>Puts away conversations in which nothing was said for long. Of however many processes one does at a time; it looks at what is so, and so loses nothing with a process.</summary>
public sealed class ArchiveSilent(ColloqueDb db, UnitOfWork work, RetentionSettings settings, TimeProvider time)
{
    /// <summary>Conversations of one transaction.</summary>
    public const int Most = 200;

    /// <summary>One statement; answers with how many were put away.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.ArchiveAfterDays == 0)
        {
            return 0;
        }

        var silence = TimeSpan.FromDays(settings.ArchiveAfterDays);
        var ids = await db.Database.SqlQuery<Guid>($"""select archive_silent as "Value" from archive_silent({time.GetMoment()}, {silence}, {Most})""").ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            work.Announce(new ConversationChanged(id, ConversationStatus.Archived));
        }

        return ids.Count;
    }
}
