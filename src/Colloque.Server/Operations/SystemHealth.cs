using Colloque.Notifications;
using Colloque.Operations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Operations;

/// <summary>How the installation is.</summary>
/// <param name="Database">Null: it does not answer.</param>
/// <param name="Mail">Null: it cannot be asked.</param>
/// <param name="LastBackup">Null: there was none, or it cannot be asked.</param>
internal sealed record HealthReport(DatabaseState? Database, MailCounts? Mail, BackupView? LastBackup)
{
    /// <summary>Mails that wait longer than this are stuck.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>Below this the disk is about to be full.</summary>
    private const long FewestFreeBytes = 1L << 30;

    /// <summary>True when nothing needs an operator.</summary>
    internal bool IsWell(long freeBytes, DateTimeOffset now) =>
        Database is not null && freeBytes >= FewestFreeBytes && LastBackup is not { Status: BackupStatus.Failed } && !(Mail?.Oldest < now - LongestWait);
}

/// <summary>Asks each part how it is; one that does not answer keeps none from being asked.</summary>
internal sealed class SystemHealth(Verbs verbs, BackupRows backups)
{
    internal async Task<HealthReport> ReadAsync(Caller caller, CancellationToken cancellationToken) => new(
        await AskAsync(() => verbs.RunAsync(caller, (ProbeDatabase verb) => verb.RunAsync(cancellationToken), cancellationToken)),
        await AskAsync(() => verbs.RunAsync(caller, (CountMails verb) => verb.RunAsync(cancellationToken), cancellationToken)),
        await AskAsync(() => backups.LastFinishedAsync(caller, cancellationToken)));

    private static async Task<T?> AskAsync<T>(Func<Task<T>> ask)
        where T : class?
    {
        try
        {
            return await ask();
        }
        catch (Refusal)
        {
            return null;
        }
    }
}
