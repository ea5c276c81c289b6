using Colloque.Storage;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Storage;

public sealed class MigratorTests(PostgresFixture postgres)
{
    private static readonly Migration One = Migration.Create("0001_one", "create schema s; create table s.one (id int primary key); insert into s.one values (1)");
    private static readonly Migration Two = Migration.Create("0002_two", "create table s.two (id int primary key)");

    [Fact]
    public async Task The_products_own_migrations_apply_once_and_a_second_run_finds_nothing_to_do()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();

        var first = await Migrator.RunAsync(database.Superuser, cancellationToken: TestContext.Current.CancellationToken);
        var second = await Migrator.RunAsync(database.Superuser, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Migration.Embedded.Select(m => m.Name), first);
        Assert.Empty(second);
        Assert.Equal((long)first.Count, await ScalarAsync(database, "select count(*) from meta.migrations"));
    }

    [Fact]
    public async Task Ten_that_migrate_at_once_apply_each_migration_once()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();

        var applied = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RunAsync(database, One, Two)));

        Assert.Equal(["0001_one", "0002_two"], applied.SelectMany(names => names));
        Assert.Equal(1, await ScalarAsync(database, "select id from s.one"));
    }

    [Fact]
    public async Task A_database_is_created_once_by_ten_that_want_it()
    {
        await using var maintenance = await postgres.CreateEmptyDatabaseAsync();
        var name = $"created_{Guid.CreateVersion7():N}";
        var options = new MigratorOptions { CreateDatabase = name, Migrations = [One] };

        var applied = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Migrator.RunAsync(maintenance.Superuser, options, TestContext.Current.CancellationToken)));

        Assert.Single(applied.SelectMany(names => names));
        await TestDatabase.ExecuteAsync(maintenance.Superuser, $"drop database {name} with (force)");
    }

    [Fact]
    public async Task An_edited_migration_is_refused_by_name_and_nothing_after_it_runs()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await RunAsync(database, One);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunAsync(database, One with { Sql = One.Sql + " -- better" }, Two));

        Assert.Contains("0001_one", refused.Message, StringComparison.Ordinal);
        Assert.Equal(DBNull.Value, await ScalarAsync(database, "select to_regclass('s.two')::text"));
    }

    [Fact]
    public async Task Line_ends_do_not_change_a_checksum()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await RunAsync(database, Migration.Create("0001_lines", "create schema a;\ncreate schema b;\n"));

        Assert.Empty(await RunAsync(database, Migration.Create("0001_lines", "create schema a;\r\ncreate schema b;\r\n")));
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await RunAsync(database, One, Two);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunAsync(database, One));

        Assert.Contains("newer than this program", refused.Message, StringComparison.Ordinal);
        Assert.Contains("0002_two", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_numbered_before_one_already_applied_is_refused()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        var one = Migration.Create("0001_one", "create schema s");
        var three = Migration.Create("0003_three", "create schema t");
        await RunAsync(database, one, three);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunAsync(database, one, Two, three));

        Assert.Contains("0002_two comes too late", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind_and_those_before_it_stay()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        var broken = Migration.Create("0002_broken", "create table s.half (id int); select 1 / 0");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunAsync(database, One, broken));

        Assert.Contains("0002_broken", refused.Message, StringComparison.Ordinal);
        Assert.Contains(PostgresErrorCodes.DivisionByZero, refused.Message, StringComparison.Ordinal);
        Assert.Equal(DBNull.Value, await ScalarAsync(database, "select to_regclass('s.half')::text"));
        Assert.Equal(["0002_two"], await RunAsync(database, One, Two));
    }

    [Fact]
    public async Task A_migration_that_names_what_is_not_there_is_told_the_line()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunAsync(database, Migration.Create("0001_typo", "create schema s;\n\ncreate table s.t (id itn);\n")));

        Assert.Contains("0001_typo failed in line 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_belong_to_the_owner_and_setup_files_run_as_the_login()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await RunAsync(
            database,
            Migration.Create("0001_setup", "-- as: setup\ncreate schema s; create table s.by_login as select current_user::text as who; grant usage on schema s to colloque_owner; grant create on schema s to colloque_owner"),
            Migration.Create("0002_owner", "create table s.by_owner as select current_user::text as who"));

        Assert.Equal("postgres", await ScalarAsync(database, "select who from s.by_login"));
        Assert.Equal(DatabaseRoles.Owner, await ScalarAsync(database, "select who from s.by_owner"));
        Assert.Equal("0001_setup 0002_owner", await ScalarAsync(database, "select string_agg(name, ' ' order by name) from meta.migrations"));
    }

    [Fact]
    public async Task Functions_are_taken_as_they_are_written()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await RunAsync(database, Migration.Create("0001_functions", """
            create schema s;
            create function s.quoted() returns text language plpgsql as $body$
            begin
                return 'a;b' || $$;@c :d$$; -- it's; fine
            end
            $body$;
            create function s.atomic(x int) returns int begin atomic select 1; select x + 1; end;
            create view s.seen as select s.quoted() as q, s.atomic(41) as a;
            """));

        Assert.Equal("a;b;@c :d 42", await ScalarAsync(database, "select q || ' ' || a from s.seen"));
    }

    [Fact]
    public async Task The_ledger_itself_is_under_forced_row_level_security_and_closed_to_the_runtime()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await RunAsync(database, One);

        Assert.Equal(true, await ScalarAsync(database, "select relrowsecurity and relforcerowsecurity from pg_class where oid = 'meta.migrations'::regclass"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => TestDatabase.ExecuteAsync(database.Runtime, "select * from meta.migrations"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_roles_can_do_what_they_are_for_and_no_more()
    {
        await using var database = await postgres.CreateDatabaseAsync();

        Assert.Equal("colloque_app t f f f f f, colloque_owner f f f f f t", await ScalarAsync(database, """
            select string_agg(concat_ws(' ', rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit), ', ' order by rolname)
            from pg_roles where rolname in ('colloque_app', 'colloque_owner')
            """));
        await Migrator.VerifyRuntimeAsync(database.Runtime, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_superuser_is_refused_as_the_runtime_login()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Migrator.VerifyRuntimeAsync(database.Superuser, TestContext.Current.CancellationToken));

        Assert.Contains("may not run as postgres: it is a superuser", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1_short")]
    [InlineData("0001-dash")]
    [InlineData("0001_Über")]
    public void A_migration_with_another_kind_of_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Migration.Create(name, "select 1"));

    private static Task<IReadOnlyList<string>> RunAsync(TestDatabase database, params Migration[] migrations) =>
        Migrator.RunAsync(database.Superuser, new MigratorOptions { Migrations = migrations }, TestContext.Current.CancellationToken);

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.Superuser);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
