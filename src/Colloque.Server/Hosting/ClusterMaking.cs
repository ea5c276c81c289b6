using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>Makes a cluster's files.</summary>
internal static class ClusterMaking
{
    /// <summary>Runs initdb beside the cluster's place and renames the result: a half-made cluster is never taken for one.</summary>
    /// <exception cref="StartRefusedException">initdb failed; the message has what it said.</exception>
    public static async Task MakeAsync(ClusterPlace place, ClusterAccount account, PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        var making = place.Cluster + ".new";
        if (Directory.Exists(making))
            Directory.Delete(making, recursive: true);
        await account.MakeFolderAsync(making, cancellationToken);
        var (exitCode, output) = await Command.RunAsync(
            account.Run([binaries.Initdb, "-D", making, "-U", "postgres", "-E", "UTF8", .. Locale(binaries.Major), "--data-checksums", "--auth-local=peer", "--auth-host=reject"]),
            environment: ClusterSettings.CleanEnvironment,
            cancellationToken: cancellationToken);
        if (exitCode != 0)
            throw new StartRefusedException($"initdb of PostgreSQL {binaries.Major} failed in {making}: {output}");
        if (Directory.Exists(place.Cluster))
            Directory.Delete(place.Cluster);
        Directory.Move(making, place.Cluster);
    }

    /// <summary>Order by code point, which no update of the system changes under an index; letters beyond ASCII have an upper and a lower case.</summary>
    private static string[] Locale(int major) =>
        major >= 17 ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        : Directory.Exists("/usr/lib/locale/C.utf8") ? ["--locale=C", "--lc-ctype=C.UTF-8"]
        : ["--locale=C"];
}
