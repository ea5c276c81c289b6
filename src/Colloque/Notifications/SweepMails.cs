using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>Forgets that mails were sent, 30 days after they were written.</summary>
public sealed class SweepMails(ColloqueDb db, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>One statement.</summary>
    /// <returns>How many rows are gone.</returns>
    /// <exception cref="Refusal">503.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<long>($"select mails_sweep({time.GetMoment() - KeptFor}) as \"Value\"").ToListAsync(cancellationToken))[0];
}
