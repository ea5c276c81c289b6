using Colloque.Server.Hosting;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;
using static Colloque.Server.Tests.Hosting.ClusterFolder;

namespace Colloque.Server.Tests.Hosting;

public sealed class EmbeddedPostgresTests(MadeCluster made) : IDisposable
{
    private readonly ClusterFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_new_folder_gets_a_cluster_that_keeps_what_it_is_told()
    {
        await using (var first = await data.StartAsync())
        {
            await Migrator.RunAsync(first.AdminConnectionString, new MigratorOptions { CreateDatabase = "colloque" }, TestContext.Current.CancellationToken);
            await TestDatabase.ExecuteAsync(first.ConnectionString("postgres", "colloque"), "create table kept as select 42 as answer");
        }

        await using var second = await data.StartAsync();
        Assert.Equal(42, await ScalarAsync(second.ConnectionString("postgres", "colloque"), "select answer from kept"));
        Assert.Equal("colloque_app", await ScalarAsync(second.ConnectionString("colloque_app", "colloque"), "select current_user::text"));
        Assert.True(await PostgresProbe.AnswersAsync(second.AdminConnectionString, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_cluster_a_killed_server_left_running_is_joined()
    {
        await made.CopyToAsync(data.Folder);
        var (_, orphan) = await data.Abandoned.EnsureRunningAsync(TestContext.Current.CancellationToken);

        await using var joined = await data.StartAsync();

        Assert.Equal(orphan.Pid, joined.ProcessId);
        Assert.Equal(1, await ScalarAsync(joined.AdminConnectionString, "select 1"));
    }

    [Fact]
    public async Task The_last_one_out_stops_the_cluster_and_nobody_else_does()
    {
        await made.CopyToAsync(data.Folder);
        var server = await data.StartAsync();
        var command = await data.StartAsync();
        Assert.Equal(server.ProcessId, command.ProcessId);

        await command.DisposeAsync();
        Assert.Equal(1, await ScalarAsync(server.AdminConnectionString, "select 1"));

        await server.DisposeAsync();
        Assert.Null(Postmaster.Find(data.Folder.Postgres));
    }

    [Fact]
    public async Task Ten_that_start_at_once_on_a_new_folder_share_one_cluster()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => data.StartAsync()));

        Assert.Single(all.Select(p => p.ProcessId).Distinct());
        foreach (var one in all)
            await one.DisposeAsync();
        Assert.Null(Postmaster.Find(data.Folder.Postgres));
    }

    [Fact]
    public async Task A_postmaster_killed_under_a_living_server_comes_back_with_every_acknowledged_commit()
    {
        await made.CopyToAsync(data.Folder);
        await using var postgres = await data.StartAsync();
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, "create table kept as select 42 as answer");
        var killed = postgres.ProcessId;
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        postgres.Restarted += (_, _) => back.TrySetResult();

        await KillAsync(killed);

        await back.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.NotEqual(killed, postgres.ProcessId);
        Assert.Equal(42, await ScalarAsync(postgres.AdminConnectionString, "select answer from kept"));
    }

    [Fact]
    public async Task A_cluster_killed_whole_starts_again()
    {
        await made.CopyToAsync(data.Folder);
        var (_, orphan) = await data.Abandoned.EnsureRunningAsync(TestContext.Current.CancellationToken);
        await KillAllAsync(orphan.Pid);

        await using var postgres = await data.StartAsync();

        Assert.NotEqual(orphan.Pid, postgres.ProcessId);
        Assert.Equal(1, await ScalarAsync(postgres.AdminConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_pid_file_whose_id_now_belongs_to_another_program_of_that_account_does_not_keep_the_cluster_down()
    {
        await made.CopyToAsync(data.Folder);
        var (place, orphan) = await data.Abandoned.EnsureRunningAsync(TestContext.Current.CancellationToken);
        var pidFile = Path.Combine(place.Cluster, "postmaster.pid");
        var socketLock = place.SocketFile + ".lock";
        var (left, leftBySocket) = (await File.ReadAllLinesAsync(pidFile), await File.ReadAllLinesAsync(socketLock));
        await data.Abandoned.StopAsync();
        Assert.False(orphan.IsAlive);
        var account = await ClusterAccount.ForAsync(place.Cluster, TestContext.Current.CancellationToken);
        using var stranger = Command.Start(account.Run("/usr/bin/sleep", "600"));
        try
        {
            left[0] = leftBySocket[0] = stranger.Id.ToString();
            await File.WriteAllLinesAsync(pidFile, left);
            await File.WriteAllLinesAsync(socketLock, leftBySocket);

            await using var postgres = await data.StartAsync();

            Assert.Equal(1, await ScalarAsync(postgres.AdminConnectionString, "select 1"));
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task A_cluster_half_made_is_made_again()
    {
        Directory.CreateDirectory(data.Folder.Postgres + ".new/base");
        await File.WriteAllTextAsync(data.Folder.Postgres + ".new/PG_VERSION", "15\n");

        await using var postgres = await data.StartAsync();

        Assert.Equal(1, await ScalarAsync(postgres.AdminConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_refused_and_the_message_names_both()
    {
        Directory.CreateDirectory(data.Folder.Postgres);
        await File.WriteAllTextAsync(Path.Combine(data.Folder.Postgres, "PG_VERSION"), "9\n");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(data.StartAsync);

        Assert.Contains("made by PostgreSQL 9", refused.Message, StringComparison.Ordinal);
        Assert.Contains("this machine has", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_way_in_but_the_socket_and_no_role_but_the_two()
    {
        await made.CopyToAsync(data.Folder);
        await using var postgres = await data.StartAsync();
        await Migrator.RunAsync(postgres.AdminConnectionString, new MigratorOptions { CreateDatabase = "colloque" }, TestContext.Current.CancellationToken);
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, "create role stranger login");

        Assert.Equal("", await ScalarAsync(postgres.AdminConnectionString, "show listen_addresses"));
        foreach (var role in new[] { "stranger", "colloque_owner" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(postgres.ConnectionString(role, "colloque"), "select 1"));
            Assert.Equal(PostgresErrorCodes.InvalidAuthorizationSpecification, refused.SqlState);
        }

        var socket = new DirectoryInfo(data.Folder.Run);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, (socket.ResolveLinkTarget(true) ?? socket).UnixFileMode);
    }

    [Fact]
    public async Task Every_page_is_checksummed_and_an_acknowledged_commit_is_on_the_disk()
    {
        await made.CopyToAsync(data.Folder);
        await using var postgres = await data.StartAsync();

        Assert.Equal("on on on on", await ScalarAsync(postgres.AdminConnectionString,
            "select concat_ws(' ', current_setting('data_checksums'), current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'))"));
    }

    [Fact]
    public async Task Letters_beyond_ascii_have_a_lower_case_and_sort_by_code_point()
    {
        await using var postgres = await data.StartAsync();

        Assert.Equal("élan", await ScalarAsync(postgres.AdminConnectionString, "select lower('ÉLAN')"));
        Assert.Equal("Z,a,é", await ScalarAsync(postgres.AdminConnectionString, "select string_agg(l, ',' order by l) from unnest(array['é', 'a', 'Z']) l"));
    }

    [Fact]
    public async Task The_log_never_quotes_a_statement_or_a_value()
    {
        await made.CopyToAsync(data.Folder);
        await using (var postgres = await data.StartAsync())
        {
            await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, "create table t (v text primary key); insert into t values ('planted-word')");
            await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(postgres.AdminConnectionString, "insert into t values ('planted-word')"));
            await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(postgres.AdminConnectionString, "select 'planted-word'::uuid"));
            await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(postgres.AdminConnectionString, "planted-word"));
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync(postgres.AdminConnectionString, "select pg_terminate_backend(pg_backend_pid()), 'planted-word'"));
        }

        Assert.DoesNotContain("planted", await File.ReadAllTextAsync(data.Folder.PostgresLog), StringComparison.Ordinal);
    }
}
