using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>How the queue is doing: numbers alone.</summary>
/// <param name="Queued">Waiting to be sent.</param>
/// <param name="Failed">Given up in the last 30 days.</param>
/// <param name="Oldest">When the oldest that waits was written; null where none waits.</param>
public sealed record MailCounts(long Queued, long Failed, DateTimeOffset? Oldest);

/// <summary>Counts what waits and what was given up.</summary>
public sealed class CountMails(ColloqueDb db)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<MailCounts> RunAsync(CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<MailCounts>($"""select queued as "Queued", failed as "Failed", oldest as "Oldest" from mails_counts()""").ToListAsync(cancellationToken))[0];
}
