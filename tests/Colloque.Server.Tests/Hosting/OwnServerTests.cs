using Colloque.Server.Hosting;
using Colloque.Storage;
using Colloque.Testing;
using Npgsql;
using Xunit;
using static Colloque.Server.Tests.Hosting.ClusterFolder;

namespace Colloque.Server.Tests.Hosting;

/// <summary>
/// The same program on somebody's own PostgreSQL: here the embedded one, made to ask for passwords as such a server does.
/// The login that migrates is an ordinary one that may create roles and owns the database, as hosted servers give it.
/// </summary>
public sealed class OwnServerTests(MadeCluster made) : IAsyncLifetime
{
    private static readonly Migration[] Migrations = [Migration.Create("0001_one", "create schema s; grant usage on schema s to colloque_app; create table s.one (id int)")];

    private readonly ClusterFolder data = new();
    private EmbeddedPostgres postgres = null!;

    public async ValueTask InitializeAsync()
    {
        await made.CopyToAsync(data.Folder);
        postgres = await data.StartAsync();
        var hba = Path.Combine(ClusterPlaces.OfRunning(data.Folder).Settings, "pg_hba.conf");
        await File.WriteAllTextAsync(hba, "local all postgres peer map=colloque\nlocal all all scram-sha-256\n");
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, "create role dba login createrole password 'dba'; select pg_reload_conf()");
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, "create database clinic owner dba");
    }

    public async ValueTask DisposeAsync()
    {
        await postgres.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task An_ordinary_login_sets_up_and_the_runtime_comes_in_with_its_password()
    {
        for (var start = 0; start < 2; start++)
            await Migrator.RunAsync(Login("dba"), new MigratorOptions { RuntimePassword = "p'w$ 1", Migrations = Migrations }, TestContext.Current.CancellationToken);

        var runtime = Migrator.RuntimeConnectionString(Login("dba"), "p'w$ 1");
        await Migrator.VerifyRuntimeAsync(runtime, TestContext.Current.CancellationToken);
        Assert.Equal("colloque_app", await ScalarAsync(runtime, "select current_user::text"));
        Assert.Equal("colloque_owner", await ScalarAsync(Login("dba"), "select tableowner::text from pg_tables where tablename = 'one'"));
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one_and_is_kept_when_it_stays()
    {
        await RunAsync("first");
        await RunAsync("second");
        var stored = await StoredAsync();
        await RunAsync("second");

        Assert.Equal(stored, await StoredAsync());
        Assert.True(await PostgresProbe.AnswersAsync(Migrator.RuntimeConnectionString(Login("dba"), "second"), TestContext.Current.CancellationToken));
        Assert.False(await PostgresProbe.AnswersAsync(Migrator.RuntimeConnectionString(Login("dba"), "first"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_products_own_migrations_need_no_superuser()
    {
        var applied = await Migrator.RunAsync(Login("dba"), new MigratorOptions { RuntimePassword = "pw" }, TestContext.Current.CancellationToken);

        Assert.Equal(Migration.Embedded.Count, applied.Count);
    }

    [Theory]
    [InlineData("superuser", "is a superuser")]
    [InlineData("bypassrls", "bypasses row-level security")]
    [InlineData("createrole", "may create roles")]
    [InlineData("in role colloque_owner", "member of colloque_owner")]
    [InlineData("in role dba", "member of colloque_owner")]
    public async Task A_runtime_login_that_policies_do_not_bind_is_refused(string attribute, string reason)
    {
        await RunAsync("pw");
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, $"create role runtime login {attribute} password 'runtime'");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Migrator.VerifyRuntimeAsync(Login("runtime"), TestContext.Current.CancellationToken));

        Assert.Contains("may not run as runtime", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_login_that_owns_a_table_is_refused()
    {
        await RunAsync("pw");
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, "create role runtime login password 'runtime'; grant colloque_app to runtime");
        await Migrator.VerifyRuntimeAsync(Login("runtime"), TestContext.Current.CancellationToken);
        await TestDatabase.ExecuteAsync(postgres.ConnectionString("postgres", "clinic"), "alter table s.one owner to runtime");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Migrator.VerifyRuntimeAsync(Login("runtime"), TestContext.Current.CancellationToken));

        Assert.Contains("owns a table", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseRoles.Runtime)]
    [InlineData(DatabaseRoles.Owner)]
    public async Task A_role_somebody_made_mighty_stops_the_start(string role)
    {
        await RunAsync("pw");
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, $"alter role {role} bypassrls");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunAsync("pw"));

        Assert.Contains($"ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_may_not_create_roles_is_told_what_it_lacks()
    {
        await TestDatabase.ExecuteAsync(postgres.AdminConnectionString, "alter role dba nocreaterole");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunAsync("pw"));

        Assert.Contains("CREATEROLE", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_login_that_does_not_open_is_told_so()
    {
        await RunAsync("pw");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Migrator.VerifyRuntimeAsync(Migrator.RuntimeConnectionString(Login("dba"), "wrong"), TestContext.Current.CancellationToken));

        Assert.Contains("cannot connect", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_leads_nowhere_is_told_so_without_its_password()
    {
        foreach (var connectionString in new[] { "Host=/nowhere;Username=u;Password=secret", "Host=/nowhere;secret" })
        {
            var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Migrator.RunAsync(connectionString, cancellationToken: TestContext.Current.CancellationToken));

            Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        }
    }

    private string Login(string role) =>
        new NpgsqlConnectionStringBuilder(postgres.ConnectionString(role, "clinic")) { Password = role }.ConnectionString;

    private Task<IReadOnlyList<string>> RunAsync(string password) =>
        Migrator.RunAsync(Login("dba"), new MigratorOptions { RuntimePassword = password, Migrations = Migrations }, TestContext.Current.CancellationToken);

    private Task<object?> StoredAsync() => ScalarAsync(postgres.AdminConnectionString, "select rolpassword from pg_authid where rolname = 'colloque_app'");
}
