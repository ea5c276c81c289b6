using System.Diagnostics;
using System.Globalization;
using Colloque.Server.Hosting;
using Colloque.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Colloque.Server.Tests.Hosting;

/// <summary>A data folder of its own in the temp folder, with the questions the tests ask a cluster and the blows they deal it.</summary>
internal sealed class ClusterFolder : IDisposable
{
    public ClusterFolder(string name = "") => Folder = new DataFolder(Path.Combine(Path.GetTempPath(), $"colloque-host-{Guid.CreateVersion7():N}{name}"));

    public DataFolder Folder { get; }

    /// <summary>The cluster without a lock on its users: what a server killed with SIGKILL leaves running.</summary>
    public Cluster Abandoned => new(Folder, NullLogger.Instance, TimeProvider.System);

    public Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Folder, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);

    public static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGKILL, and the wait until the kernel has carried it out.</summary>
    public static async Task KillAsync(params int[] pids)
    {
        var processes = pids.Select(Process.GetProcessById).ToList();
        processes.ForEach(process => process.Kill());
        foreach (var process in processes)
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.Dispose();
        }
    }

    /// <summary>SIGKILL to the postmaster and every process it started, as the kernel does when memory runs out for a container.</summary>
    public static async Task KillAllAsync(int postmaster)
    {
        var children = await File.ReadAllTextAsync($"/proc/{postmaster}/task/{postmaster}/children", TestContext.Current.CancellationToken);
        await KillAsync([postmaster, .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))]);
    }

    public void Dispose()
    {
        Abandoned.StopAsync().GetAwaiter().GetResult();
        TestFolder.Remove(Folder.Root);
    }
}
