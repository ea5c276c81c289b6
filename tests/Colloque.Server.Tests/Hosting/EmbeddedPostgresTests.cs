using Colloque.Server.Hosting;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Colloque.Server.Tests.Hosting;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly DataFolder folder = new(Path.Combine(Path.GetTempPath(), $"colloque-host-{Guid.CreateVersion7():N}"));

    public void Dispose() => TestFolder.Remove(folder.Root);

    [Fact]
    public async Task A_new_folder_gets_a_cluster_that_keeps_what_it_is_told()
    {
        await using (var first = await StartAsync())
        {
            await Migrator.RunAsync(first.AdminConnectionString, new MigratorOptions { CreateDatabase = "colloque" });
            await TestDatabase.ExecuteAsync(first.ConnectionString("postgres", "colloque"), "create table kept as select 42 as answer");
        }

        await using var second = await StartAsync();
        Assert.Equal(42, await ScalarAsync(second.ConnectionString("postgres", "colloque"), "select answer from kept"));
        Assert.Equal("colloque_app", await ScalarAsync(second.ConnectionString("colloque_app", "colloque"), "select current_user::text"));
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(folder, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
