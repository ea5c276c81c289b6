namespace Colloque.Server.Realtime;

/// <summary>Hands each announcement to every contract that has sockets: what is said in one is heard in all.</summary>
public sealed partial class Announcer(ILogger<Announcer> logger) : IAnnouncer
{
    private Action<Announcement>[] contracts = [];

    /// <summary>Adds a contract, before the server starts.</summary>
    public void Add(Action<Announcement> contract) => contracts = [.. contracts, contract];

    /// <inheritdoc/>
    public void Announce(Announcement announcement)
    {
        foreach (var contract in contracts)
        {
            try
            {
                contract(announcement);
            }
            catch (Exception e)
            {
                // The commit has happened; clients notice what they missed by seq.
                LogFailed(logger, announcement.GetType().Name, e.GetType().Name);
            }
        }
    }

    [LoggerMessage(20, LogLevel.Error, "Announcing {Announcement} failed ({Kind})")]
    private static partial void LogFailed(ILogger logger, string announcement, string kind);
}
