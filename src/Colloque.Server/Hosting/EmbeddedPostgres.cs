using Colloque.Storage;
using Microsoft.Extensions.Logging;

namespace Colloque.Server.Hosting;

/// <summary>
/// The PostgreSQL of a data folder, shared by every process that uses the folder: the first starts it, the last one stops it, and
/// while any lives a postmaster that died is started again. It is reached through a unix socket only, and only by the account that
/// runs the server (and root).
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>How often the postmaster is looked at: one read from /proc.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly DataFolder folder;
    private readonly Cluster cluster;
    private readonly FileLock usersLock;
    private readonly string socket;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource disposing = new();
    private readonly Task supervision;
    private Postmaster postmaster;
    private int disposed;

    private EmbeddedPostgres(DataFolder folder, Cluster cluster, FileLock usersLock, ClusterPlace place, Postmaster postmaster, ILogger logger, TimeProvider time)
    {
        this.folder = folder;
        this.cluster = cluster;
        this.usersLock = usersLock;
        this.postmaster = postmaster;
        this.logger = logger;
        this.time = time;
        socket = place.Socket;
        supervision = SuperviseAsync(disposing.Token);
    }

    /// <summary>Raised, on a pool thread, each time a postmaster that died has been started again. Every connection to the old one is broken.</summary>
    public event EventHandler? Restarted;

    /// <summary>The superuser's way in, to the database <c>postgres</c>.</summary>
    public string AdminConnectionString => ConnectionString("postgres", "postgres");

    /// <summary>Process id of the postmaster.</summary>
    internal int ProcessId => postmaster.Pid;

    /// <summary>The way in as a role (<c>postgres</c> or <c>colloque_app</c>; the map knows no other).</summary>
    public string ConnectionString(string role, string database) => SocketConnectionString.For(socket, role, database);

    /// <summary>Starts the data folder's cluster, making it first if need be, or joins the one that runs.</summary>
    /// <exception cref="StartRefusedException">It cannot be started; the message says why and what to do.</exception>
    public static Task<EmbeddedPostgres> StartAsync(DataFolder folder, ILogger logger, TimeProvider time, CancellationToken cancellationToken) =>
        StartAsync(folder, new Cluster(folder, logger, time), logger, time, cancellationToken);

    internal static async Task<EmbeddedPostgres> StartAsync(DataFolder folder, Cluster cluster, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw new StartRefusedException("The embedded PostgreSQL needs Linux. Elsewhere, set ConnectionStrings__Colloque to a PostgreSQL of your own.");
        using var starting = await FileLock.ExclusiveAsync(folder.PostgresLock, time, cancellationToken);
        var user = FileLock.TryShared(folder.PostgresUsersLock)
            ?? throw new StartRefusedException($"{folder.PostgresUsersLock} is locked by another program.");
        try
        {
            var (place, postmaster) = await cluster.EnsureRunningAsync(cancellationToken);
            return new EmbeddedPostgres(folder, cluster, user, place, postmaster, logger, time);
        }
        catch
        {
            user.Dispose();
            throw;
        }
    }

    /// <summary>Leaves the cluster, and stops it when no other process uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        await disposing.CancelAsync();
        await supervision;
        disposing.Dispose();
        using var stopping = await FileLock.ExclusiveAsync(folder.PostgresLock, time, CancellationToken.None);
        usersLock.Dispose();
        using var alone = FileLock.TryExclusive(folder.PostgresUsersLock);
        if (alone is not null)
            await cluster.StopAsync();
    }

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Watch, time);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (postmaster.IsAlive)
                    continue;
                Died(logger, postmaster.Pid);
                await BringBackAsync(cancellationToken);
                Restarted?.Invoke(this, EventArgs.Empty);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task BringBackAsync(CancellationToken cancellationToken)
    {
        for (var backoff = TimeSpan.FromSeconds(1); ; backoff = backoff * 2 < LongestBackoff ? backoff * 2 : LongestBackoff)
        {
            try
            {
                using var starting = await FileLock.ExclusiveAsync(folder.PostgresLock, time, cancellationToken);
                (_, postmaster) = await cluster.EnsureRunningAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                NotBack(logger, e.Message, (int)backoff.TotalSeconds);
                await Task.Delay(backoff, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "PostgreSQL (process {Pid}) died; starting it again")]
    private static partial void Died(ILogger logger, int pid);

    [LoggerMessage(2, LogLevel.Critical, "PostgreSQL does not come back: {Reason} (next attempt in {Seconds} s)")]
    private static partial void NotBack(ILogger logger, string reason, int seconds);
}
