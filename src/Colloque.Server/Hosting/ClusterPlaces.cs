using System.Text;
using Colloque.Storage;
using Microsoft.Extensions.Logging;

namespace Colloque.Server.Hosting;

/// <summary>Decides where a data folder's cluster lies: in the folder where that works, else elsewhere with a link in the folder.</summary>
internal static partial class ClusterPlaces
{
    /// <summary>Bytes of the longest socket path used; the kernel's limit is 107.</summary>
    private const int LongestSocketPath = 100;

    private const string Elsewhere = "/var/lib/colloque";

    /// <summary>The data directory, made or not.</summary>
    /// <exception cref="StartRefusedException">The link in the data folder leads nowhere.</exception>
    public static string Cluster(DataFolder folder)
    {
        var cluster = Target(folder.Postgres);
        if (cluster != folder.Postgres && !Directory.Exists(cluster) && !Directory.Exists(Path.GetDirectoryName(cluster)))
            throw new StartRefusedException($"The cluster of the data folder {folder.Root} lay in {cluster}, which is gone. Bring it back, or start with another data folder.");
        return cluster;
    }

    /// <summary>The places of a cluster that runs.</summary>
    public static ClusterPlace OfRunning(DataFolder folder) =>
        new(Cluster(folder), Target(folder.Run), Target(folder.PostgresSettings));

    /// <summary>The places of a cluster about to start; makes the folders that are missing, save the data directory itself.</summary>
    public static async Task<ClusterPlace> PrepareAsync(DataFolder folder, ClusterAccount account, ILogger logger, CancellationToken cancellationToken)
    {
        if (!await account.CanEnterAsync(folder.Root, cancellationToken) && !IsLink(folder.Postgres))
            MoveElsewhere(folder, account, logger);
        var socket = Target(folder.Run);
        if (!Fits(folder.Run) && !socket.StartsWith(Elsewhere + "/", StringComparison.Ordinal) && !await account.OwnsAloneAsync(socket, cancellationToken))
            socket = LinkToShortFolder(folder);
        await account.MakeFolderAsync(socket, cancellationToken);
        return new ClusterPlace(Cluster(folder), socket, Target(folder.PostgresSettings));
    }

    private static void MoveElsewhere(DataFolder folder, ClusterAccount account, ILogger logger)
    {
        if (Directory.Exists(folder.Postgres))
            throw new StartRefusedException($"The account {account.Name}, which runs PostgreSQL for root, may not enter {folder.Root}. Allow it (chmod o+x on the folder and those above), or start as another user.");
        // A name that was never used: a data folder deleted and made anew must not find the old one's cluster.
        var home = Path.Combine(Elsewhere, Guid.CreateVersion7().ToString("N"));
        Places.MakeFolder(Elsewhere, Places.PassThrough);
        Places.MakeFolder(home, Places.PassThrough);
        Link(folder.Postgres, Path.Combine(home, "postgres"));
        Link(folder.Run, Path.Combine(home, "run"));
        Link(folder.PostgresSettings, Path.Combine(home, "settings"));
        LiesElsewhere(logger, account.Name, folder.Root, home);
    }

    /// <summary>A folder with a name nobody could foresee: anybody may make folders in the temp folder.</summary>
    private static string LinkToShortFolder(DataFolder folder)
    {
        var socket = Directory.CreateTempSubdirectory("colloque-").FullName;
        if (!Fits(socket))
            throw new StartRefusedException($"No path for a unix socket is short enough: {socket}. Choose a shorter data folder with --data, or a shorter TMPDIR.");
        if (Directory.Exists(folder.Run) && !IsLink(folder.Run))
            Directory.Delete(folder.Run, recursive: true);
        Link(folder.Run, socket);
        return socket;
    }

    private static bool Fits(string socketFolder) =>
        Encoding.UTF8.GetByteCount(socketFolder) + "/.s.PGSQL.5432".Length <= LongestSocketPath
        // A host is a list split at commas; a setting is one, too.
        && socketFolder.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+' or '@');

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static string Target(string path) => new FileInfo(path).LinkTarget is { } target ? Path.GetFullPath(target, Path.GetDirectoryName(path)!) : path;

    private static void Link(string path, string target)
    {
        if (IsLink(path))
            File.Delete(path);
        File.CreateSymbolicLink(path, target);
    }

    [LoggerMessage(1, LogLevel.Information, "The account {Account}, which runs PostgreSQL for root, may not enter {Folder}: the cluster lies in {Home}, with links in the data folder")]
    private static partial void LiesElsewhere(ILogger logger, string account, string folder, string home);
}
