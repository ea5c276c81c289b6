using System.Diagnostics;
using System.Globalization;
using Colloque.Load.Measure;

namespace Colloque.Load.Modes;

/// <summary>How many single-row transactions a second this machine's PostgreSQL commits, by pgbench in a scratch database of the embedded cluster: the yardstick for every figure beside it.</summary>
internal sealed class CommitRate(Options options)
{
    private const string Database = "load_scratch";
    private static readonly int[] Clients = [1, 8, 32];

    private readonly string socket = Path.GetFullPath(Path.Combine(options.Required("data"), "run"));

    /// <summary>Measures, and answers whether pgbench could.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL's client tools are missing or fail.</exception>
    public async Task<bool> RunAsync()
    {
        var seconds = options.Number("seconds", 5);
        var report = new Report("The machine: single-row transactions committed, fsync on");
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, "insert into commits (client, at) values (:client_id, now());\n");
        await PostgresAsync("psql", "-q", "-d", "postgres", "-c", $"drop database if exists {Database}", "-c", $"create database {Database}");
        try
        {
            await PostgresAsync("psql", "-q", "-d", Database, "-c", "create table commits (id bigint generated always as identity primary key, client int, at timestamptz)");
            foreach (var clients in Clients)
                report.Add($"{clients} client{(clients == 1 ? "" : "s")}", await MeasureAsync(script, clients, seconds), "/s");
        }
        finally
        {
            await PostgresAsync("psql", "-q", "-d", "postgres", "-c", $"drop database {Database}");
            File.Delete(script);
        }

        report.Print(options);
        return true;
    }

    private async Task<double> MeasureAsync(string script, int clients, int seconds)
    {
        var said = await PostgresAsync("pgbench", "-n", "-M", "prepared", "-f", script, "-c", $"{clients}", "-j", $"{Math.Min(2, clients)}", "-T", $"{seconds}", Database);
        var line = said.Split('\n').First(l => l.StartsWith("tps = ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private async Task<string> PostgresAsync(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(tool), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGHOST"] = socket;
        start.Environment["PGUSER"] = "postgres";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{tool}: {(await error).Trim()}");
    }

    private static string Find(string tool)
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var folders = versions.Select(v => Path.Combine(v, "bin")).Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'));
        return folders.Select(f => Path.Combine(f, tool)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{tool} is not on this machine (Debian: postgresql-client, postgresql-contrib).");
    }
}
