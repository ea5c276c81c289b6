using System.Diagnostics;
using System.Globalization;
using Colloque.Storage;
using Microsoft.Extensions.Logging;

namespace Colloque.Server.Hosting;

/// <summary>Makes, starts and stops a data folder's cluster. Every call holds the folder's cluster lock; see <see cref="EmbeddedPostgres"/>.</summary>
internal sealed partial class Cluster(DataFolder folder, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(100);

    /// <summary>How long backends of a killed cluster may take to go, and a start may be tried again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long a fast stop may take to write its checkpoint before it becomes an immediate one (which costs a recovery, not data).</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    /// <summary>Bytes after which a start begins a new log.</summary>
    private const long LongestLog = 4 << 20;

    /// <summary>Programs to use instead of those found, for tests.</summary>
    internal PostgresBinaries? Binaries { get; init; }

    /// <summary>The running cluster: joined when it runs already, made and started otherwise.</summary>
    /// <exception cref="StartRefusedException">It cannot be started; the message says why.</exception>
    public async Task<(ClusterPlace Place, Postmaster Postmaster)> EnsureRunningAsync(CancellationToken cancellationToken)
    {
        var cluster = ClusterPlaces.Cluster(folder);
        if (await RunningAsync(cluster, cancellationToken) is { } running)
        {
            Joined(logger, running.Pid);
            return (ClusterPlaces.OfRunning(folder), running);
        }

        var account = await ClusterAccount.ForAsync(cluster, cancellationToken);
        var place = await ClusterPlaces.PrepareAsync(folder, account, logger, cancellationToken);
        var major = File.Exists(place.VersionFile) ? int.Parse(await File.ReadAllTextAsync(place.VersionFile, cancellationToken), CultureInfo.InvariantCulture) : default(int?);
        var binaries = Binaries ?? await PostgresBinaries.FindAsync(major, logger, cancellationToken);
        if (major is { } made && made != binaries.Major)
            throw new StartRefusedException(PostgresBinaries.Mismatch(made, [binaries]));
        if (major is null)
        {
            Making(logger, binaries.Major, place.Cluster);
            await ClusterMaking.MakeAsync(place, account, binaries, cancellationToken);
        }

        await ClusterSettings.WriteAsync(place, account, binaries, cancellationToken);
        return (place, await StartAsync(place, account, binaries, cancellationToken));
    }

    /// <summary>Stops the cluster, if it runs, and waits until its files are free.</summary>
    public async Task StopAsync()
    {
        var cluster = ClusterPlaces.Cluster(folder);
        if (Postmaster.Find(cluster) is not { } running)
            return;
        var account = await ClusterAccount.ForAsync(cluster, CancellationToken.None);
        var pgCtl = (Binaries ?? await PostgresBinaries.FindAsync(int.Parse(await File.ReadAllTextAsync(Path.Combine(cluster, "PG_VERSION")), CultureInfo.InvariantCulture), logger, CancellationToken.None)).PgCtl;
        foreach (var mode in new[] { "fast", "immediate" })
        {
            await Command.RunAsync(account.Run(pgCtl, "stop", "-W", "-s", "-m", mode, "-D", cluster), environment: ClusterSettings.CleanEnvironment);
            var asked = time.GetTimestamp();
            while (running.IsAlive && time.GetElapsedTime(asked) < StopPatience)
                await Task.Delay(Pause, time);
        }
    }

    /// <summary>A cluster that accepts connections, after waiting for one that is starting or stopping; null when none runs.</summary>
    private async Task<Postmaster?> RunningAsync(string cluster, CancellationToken cancellationToken)
    {
        while (Postmaster.Find(cluster) is { } found)
        {
            if (found.IsReady)
                return found;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return null;
    }

    private async Task<Postmaster> StartAsync(ClusterPlace place, ClusterAccount account, PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            Postmaster.ClearLeftovers(place);
            KeepLogShort();
            var logFrom = File.Exists(folder.PostgresLog) ? new FileInfo(folder.PostgresLog).Length : 0;
            using var child = Launch(place, account, binaries);
            if (await ReadyAsync(place.Cluster, child, cancellationToken) is { } ready)
            {
                Started(logger, ready.Pid, (int)time.GetElapsedTime(began).TotalMilliseconds);
                return ready;
            }

            // What the shell says before it has opened the log comes by its own stream.
            var said = $"{SaidSince(logFrom)}\n{await child.StandardError.ReadToEndAsync(cancellationToken)}".Trim();
            // Children of a killed postmaster hold its shared memory until they notice; nothing else gets better by waiting.
            var mayPass = said.Contains("shared memory", StringComparison.Ordinal) || said.Contains("lock file", StringComparison.Ordinal) || attempt < 3;
            if (!mayPass || time.GetElapsedTime(began) > Patience)
                throw new StartRefusedException($"PostgreSQL does not start on {place.Cluster}. It says:\n{said}");
            await Task.Delay(PauseBetweenAttempts, time, cancellationToken);
        }
    }

    /// <summary>
    /// Starts the postmaster in a session of its own, so that neither the terminal's Ctrl-C nor the end of this process reaches it, with
    /// the log as its only stream. The shell opens the log before the account changes: the log belongs to the server's account.
    /// </summary>
    private Process Launch(ClusterPlace place, ClusterAccount account, PostgresBinaries binaries) =>
        Command.Start(
            [
                "/bin/sh", "-c", "umask 077; log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", folder.PostgresLog,
                .. account.Run(Command.Find("setsid") ?? "setsid", binaries.Postgres, "-D", place.Cluster, "-c", $"config_file={place.ConfigFile}"),
            ],
            environment: ClusterSettings.CleanEnvironment);

    private async Task<Postmaster?> ReadyAsync(string cluster, Process child, CancellationToken cancellationToken)
    {
        while (true)
        {
            var ended = child.HasExited;
            if (Postmaster.Find(cluster) is { IsReady: true } ready)
                return ready;
            if (ended)
                return null;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>A cluster says a few lines a start, so one old log is enough.</summary>
    private void KeepLogShort()
    {
        if (File.Exists(folder.PostgresLog) && new FileInfo(folder.PostgresLog).Length > LongestLog)
            File.Move(folder.PostgresLog, folder.PostgresLog + ".1", overwrite: true);
    }

    private string SaidSince(long position)
    {
        if (!File.Exists(folder.PostgresLog))
            return "(nothing)";
        using var log = new FileStream(folder.PostgresLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(Math.Min(position, log.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        return reader.ReadToEnd().Trim();
    }

    [LoggerMessage(1, LogLevel.Information, "PostgreSQL is running already (process {Pid})")]
    private static partial void Joined(ILogger logger, int pid);

    [LoggerMessage(2, LogLevel.Information, "PostgreSQL {Major}: making a new cluster in {Folder}")]
    private static partial void Making(ILogger logger, int major, string folder);

    [LoggerMessage(3, LogLevel.Information, "PostgreSQL started (process {Pid}) in {Milliseconds} ms")]
    private static partial void Started(ILogger logger, int pid, int milliseconds);
}
