using System.Globalization;
using System.Text.RegularExpressions;
using Colloque.Storage;
using Microsoft.Extensions.Logging;

namespace Colloque.Server.Hosting;

/// <summary>A folder with PostgreSQL's programs, and their major version.</summary>
/// <param name="Folder">Holds at least <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>.</param>
/// <param name="Major">15 or newer.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>Oldest major version with all that the migrations use.</summary>
    public const int OldestMajor = 15;

    public string Postgres => Path.Combine(Folder, "postgres");

    public string Initdb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>Whether this build knows LZ4, as every Debian one does. Asking the others would cost a process at each start.</summary>
    public bool HasLz4 => Folder.StartsWith("/usr/lib/postgresql/", StringComparison.Ordinal);

    /// <summary>The newest on the machine, or those which made the cluster that is there; the npm package when the machine has none.</summary>
    /// <param name="clusterMajor">Major version of the cluster that is there; null when there is none yet.</param>
    /// <exception cref="StartRefusedException">None fits, or the package cannot be had.</exception>
    public static async Task<PostgresBinaries> FindAsync(int? clusterMajor, ILogger logger, CancellationToken cancellationToken)
    {
        var found = await OnMachineAsync(cancellationToken);
        if (Choose(found, clusterMajor) is { } fitting)
            return fitting;
        if (clusterMajor is null or NpmPostgres.Major)
            return await NpmPostgres.InstallAsync(logger, cancellationToken);
        throw new StartRefusedException(Mismatch(clusterMajor.Value, found));
    }

    internal static PostgresBinaries? Choose(IEnumerable<PostgresBinaries> found, int? clusterMajor) =>
        found.Where(b => clusterMajor is null ? b.Major >= OldestMajor : b.Major == clusterMajor).MaxBy(b => b.Major);

    internal static string Mismatch(int clusterMajor, IReadOnlyCollection<PostgresBinaries> found)
    {
        var here = found.Count == 0 ? "no PostgreSQL at all" : string.Join(", ", found.Select(b => $"PostgreSQL {b.Major} ({b.Folder})"));
        return $"The cluster in the data folder was made by PostgreSQL {clusterMajor}, and this machine has {here}. "
            + $"Install PostgreSQL {clusterMajor}, or move the data with that version's pg_dumpall into a new data folder.";
    }

    private static async Task<List<PostgresBinaries>> OnMachineAsync(CancellationToken cancellationToken)
    {
        var found = new List<PostgresBinaries>();
        // Debian and PGDG say the version in the path, so these cost no process.
        foreach (var (root, pattern) in new[] { ("/usr/lib/postgresql", VersionFolder()), ("/usr", PgdgFolder()) })
        {
            if (!Directory.Exists(root))
                continue;
            foreach (var folder in Directory.EnumerateDirectories(root))
            {
                if (pattern.Match(Path.GetFileName(folder)) is { Success: true } match && Complete(Path.Combine(folder, "bin")))
                    found.Add(new PostgresBinaries(Path.Combine(folder, "bin"), int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture)));
            }
        }

        var elsewhere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Path.IsPathRooted)
            .Append("/usr/local/pgsql/bin").Append("/usr/local/bin").Append("/opt/pgsql/bin");
        foreach (var folder in elsewhere.Distinct(StringComparer.Ordinal).Where(Complete))
        {
            if (found.TrueForAll(b => b.Folder != folder) && await MajorOfAsync(folder, cancellationToken) is { } major)
                found.Add(new PostgresBinaries(folder, major));
        }

        return found;
    }

    private static bool Complete(string folder) =>
        File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl"));

    private static async Task<int?> MajorOfAsync(string folder, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], cancellationToken: cancellationToken);
        return exitCode == 0 && VersionLine().Match(output) is { Success: true } match
            ? int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex("^(?<major>[0-9]{1,3})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionFolder();

    [GeneratedRegex("^pgsql-(?<major>[0-9]{1,3})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PgdgFolder();

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>[0-9]{1,3})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionLine();
}
