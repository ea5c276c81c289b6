using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>
/// Makes the reminders that are due. It looks at what is so: after a restart, or a night without a server, the nearest one of each visit is made up for and none is
/// made twice. One at a time, however many servers there are.
/// </summary>
public sealed class RemindOfVisits(ColloqueDb db, UsualReminders usual, TimeProvider time)
{
    /// <summary>Reminders of one transaction.</summary>
    public const int Most = 500;

    /// <summary>One statement; answers with how many were made. No caller: the server's own work.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int[] minutes = [.. usual.Minutes];
        return await db.Database.SqlQuery<int>($"""select notices_remind({time.GetMoment()}, {minutes}, {Most}) "Value" """).SingleAsync(cancellationToken);
    }
}
