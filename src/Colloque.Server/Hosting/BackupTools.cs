using System.Globalization;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>Finds and runs PostgreSQL's own programs for dumping and restoring.</summary>
internal static class BackupTools
{
    /// <summary>Bytes of what a program says that are kept: enough for the reason.</summary>
    private const int LongestReason = 2_000;

    /// <summary>The program of that major version, else the newest there is; null when the machine has none.</summary>
    /// <param name="name">As <c>pg_dump</c>.</param>
    /// <param name="major">Of the server; 0 for any.</param>
    /// <param name="folder">The operator's own choice (<c>Backup__Programs</c>): there or nowhere.</param>
    internal static string? Find(string name, int major, string? folder) =>
        folder is { Length: > 0 } ? File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name) : null
        : Candidates().Where(c => File.Exists(Path.Combine(c.Folder, name))).OrderByDescending(c => c.Major == major).ThenByDescending(static c => c.Major)
            .Select(c => Path.Combine(c.Folder, name)).FirstOrDefault()
        ?? Command.Find(name);

    /// <summary>Runs <c>pg_dump</c> and hands on what it writes.</summary>
    /// <exception cref="BackupFailedException">It ended with an error.</exception>
    internal static async Task DumpAsync(string program, string connectionString, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        // Content is ciphertext and hardly shrinks; the fastest level takes the rest.
        using var process = Command.Start([program, "--format=custom", "--compress=1", "--no-password"], environment: e => Connect(e, connectionString));
        try
        {
            var said = process.StandardError.ReadToEndAsync(cancellationToken);
            await write(process.StandardOutput.BaseStream);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new BackupFailedException("pg_dump_failed", Short(await said));
            }
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Runs <c>pg_restore</c> over what <paramref name="dump"/> has, all of it or nothing.</summary>
    /// <exception cref="StartRefusedException">It ended with an error.</exception>
    internal static async Task RestoreAsync(string program, string connectionString, Stream dump, CancellationToken cancellationToken)
    {
        var database = DumpConnection.EnvironmentOf(connectionString)["PGDATABASE"];
        using var process = Command.StartFed(
            [program, "--exit-on-error", "--single-transaction", "--no-password", $"--dbname={database}"], environment: e => Connect(e, connectionString));
        try
        {
            var said = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            try
            {
                await dump.CopyToAsync(process.StandardInput.BaseStream, cancellationToken);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has stopped reading, and says why on its other stream.
            }

            await process.WaitForExitAsync(cancellationToken);
            _ = await output;
            if (process.ExitCode != 0)
            {
                throw new StartRefusedException($"pg_restore failed: {Short(await said)}");
            }
        }
        finally
        {
            End(process);
        }
    }

    private static IEnumerable<(string Folder, int Major)> Candidates()
    {
        foreach (var (root, prefix) in new[] { ("/usr/lib/postgresql", ""), ("/usr", "pgsql-") })
        {
            if (!Directory.Exists(root))
            {
                continue;
            }

            foreach (var folder in Directory.EnumerateDirectories(root, $"{prefix}*"))
            {
                if (int.TryParse(Path.GetFileName(folder)[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
                {
                    yield return (Path.Combine(folder, "bin"), major);
                }
            }
        }
    }

    private static void Connect(IDictionary<string, string?> environment, string connectionString)
    {
        ClusterSettings.CleanEnvironment(environment);
        foreach (var (name, value) in DumpConnection.EnvironmentOf(connectionString))
        {
            environment[name] = value;
        }
    }

    private static void End(System.Diagnostics.Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static string Short(string said) => said.Trim() is { Length: > LongestReason } much ? much[..LongestReason] : said.Trim();
}

/// <summary>A backup could not be written; nothing of it is left.</summary>
/// <param name="code">Stable, snake case.</param>
/// <param name="reason">For the operator's console, never for a wire.</param>
internal sealed class BackupFailedException(string code, string reason) : Exception(reason)
{
    internal string Code { get; } = code;
}
