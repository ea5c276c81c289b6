using System.Globalization;
using Colloque.Server.Hosting;
using Colloque.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Colloque.Testing.PostgresFixture))]

namespace Colloque.Testing;

/// <summary>
/// One real cluster for all tests of an assembly, with a migrated template: a class asks for a database of its own and gets a copy
/// in some tens of milliseconds. Started on first use, removed at the end.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private const string Template = "colloque";

    private readonly Lazy<Task<EmbeddedPostgres>> cluster;
    private readonly string root = Path.Combine(Path.GetTempPath(), $"colloque-tests-{Guid.CreateVersion7():N}");
    private int databases;

    public PostgresFixture() => cluster = new Lazy<Task<EmbeddedPostgres>>(StartAsync);

    /// <summary>A new database with every migration applied; drop it by disposing.</summary>
    public Task<TestDatabase> CreateDatabaseAsync() => CreateAsync($"template {Template}");

    /// <summary>A new database with nothing in it, owned by the superuser.</summary>
    public Task<TestDatabase> CreateEmptyDatabaseAsync() => CreateAsync("template template0");

    public async ValueTask DisposeAsync()
    {
        if (!cluster.IsValueCreated)
            return;
        await (await cluster.Value).DisposeAsync();
        TestFolder.Remove(root);
    }

    private async Task<EmbeddedPostgres> StartAsync()
    {
        var postgres = await EmbeddedPostgres.StartAsync(new DataFolder(root), NullLogger.Instance, TimeProvider.System, CancellationToken.None);
        await Migrator.RunAsync(postgres.AdminConnectionString, new MigratorOptions { CreateDatabase = Template });
        // Nothing here outlives the run: the disk need not be waited for.
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, "alter system set fsync = off");
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, "select pg_reload_conf()");
        return postgres;
    }

    private async Task<TestDatabase> CreateAsync(string from)
    {
        var postgres = await cluster.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, $"create database {name} {from} strategy file_copy");
        return new TestDatabase(name, postgres.ConnectionString(DatabaseRoles.Runtime, name), postgres.ConnectionString("postgres", name), postgres.AdminConnectionString);
    }
}

/// <summary>A database that lives as long as this object.</summary>
/// <param name="Name">Its name in the cluster.</param>
/// <param name="Runtime">Connection string as <c>colloque_app</c>, as the server connects.</param>
/// <param name="Superuser">Connection string as the superuser, whom no policy binds.</param>
/// <param name="Maintenance">Connection string as the superuser to another database of the cluster.</param>
public sealed record TestDatabase(string Name, string Runtime, string Superuser, string Maintenance) : IAsyncDisposable
{
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(Maintenance, $"drop database {Name} with (force)");
    }
}

/// <summary>A data folder's end.</summary>
public static class TestFolder
{
    /// <summary>Removes a data folder, and what its links lead to.</summary>
    public static void Remove(string root)
    {
        foreach (var link in new[] { "postgres", "run", "postgres.conf.d" }.Select(name => new FileInfo(Path.Combine(root, name))))
        {
            if (link.LinkTarget is not { } target || !Directory.Exists(target))
                continue;
            Directory.Delete(target, recursive: true);
            var home = Directory.GetParent(target)!;
            if (home.Parent?.FullName == "/var/lib/colloque" && !home.EnumerateFileSystemInfos().Any())
                home.Delete();
        }

        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
    }
}
