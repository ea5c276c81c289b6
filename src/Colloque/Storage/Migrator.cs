using Npgsql;

namespace Colloque.Storage;

/// <summary>
/// Brings a database to the state this program expects: roles, then every migration it has not seen, each in a transaction of
/// its own and recorded with its checksum. Any number of processes may call it at once; one works, the others wait and find it done.
/// </summary>
public static class Migrator
{
    /// <summary>Key of the session advisory lock that serialises migrations in one database ("COLLOQUE" in ASCII).</summary>
    private const long LockKey = 0x434F_4C4C_4F51_5545;

    /// <summary>Sets up and migrates.</summary>
    /// <param name="adminConnectionString">A login that may create roles and, with <see cref="MigratorOptions.CreateDatabase"/>, databases.</param>
    /// <param name="options">What to do; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait and rolls back the migration under way.</param>
    /// <returns>Names of the migrations applied by this call, in order.</returns>
    /// <exception cref="StartRefusedException">A recorded migration has changed, the database is newer than the program, a migration failed, or the login lacks a right.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        string adminConnectionString, MigratorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new MigratorOptions();
        var target = new NpgsqlConnectionStringBuilder(adminConnectionString) { Pooling = false };
        if (options.CreateDatabase is { } database)
        {
            await CreateDatabaseAsync(target.ConnectionString, database, cancellationToken);
            target.Database = database;
        }

        await using var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        // A session lock: the server drops it with the connection, so no path out of here can leave it behind.
        await LockAsync(connection, cancellationToken);
        await DatabaseRoles.EnsureAsync(connection, cancellationToken);
        if (options.RuntimePassword is { } password && !await OpensAsync(target, password, cancellationToken))
            await DatabaseRoles.SetRuntimePasswordAsync(connection, password, cancellationToken);
        await MigrationLedger.EnsureAsync(connection, cancellationToken);
        return await ApplyAsync(connection, options.Migrations, cancellationToken);
    }

    /// <summary>The connection string of the runtime role beside that of the login which migrates.</summary>
    public static string RuntimeConnectionString(string adminConnectionString, string runtimePassword) =>
        new NpgsqlConnectionStringBuilder(adminConnectionString) { Username = DatabaseRoles.Runtime, Password = runtimePassword }.ConnectionString;

    /// <summary>
    /// Refuses a runtime login that policies do not bind: a superuser, one with BYPASSRLS or CREATEROLE, the owner of a table, or a
    /// member (at any distance) of a role that is one of these.
    /// </summary>
    /// <exception cref="StartRefusedException">The login has too many rights, or does not open.</exception>
    public static Task VerifyRuntimeAsync(string connectionString, CancellationToken cancellationToken = default) =>
        RuntimeLogin.VerifyAsync(connectionString, cancellationToken);

    private static async Task CreateDatabaseAsync(string maintenance, string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(maintenance);
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection)
        {
            Parameters = { new() { Value = database } },
        };
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
            return;
        await LockAsync(connection, cancellationToken);
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
            return;
        await DatabaseRoles.EnsureAsync(connection, cancellationToken);
        var name = Quoted(database);
        await DatabaseRoles.ExecuteAsync(connection, $"create database {name} owner {DatabaseRoles.Owner} encoding 'UTF8' template template0", cancellationToken);
    }

    private static Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        DatabaseRoles.ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);

    /// <summary>Whether the runtime role already has this password: setting it again at every start would fight with the other nodes' starts.</summary>
    private static async Task<bool> OpensAsync(NpgsqlConnectionStringBuilder admin, string password, CancellationToken cancellationToken) =>
        await PostgresProbe.AnswersAsync(RuntimeConnectionString(admin.ConnectionString, password), cancellationToken);

    private static async Task<IReadOnlyList<string>> ApplyAsync(
        NpgsqlConnection connection, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        var pending = await MigrationLedger.PendingAsync(connection, migrations, cancellationToken);
        foreach (var migration in pending)
            await ApplyAsync(connection, migration, cancellationToken);
        return [.. pending.Select(m => m.Name)];
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            if (!migration.RunsAsLogin)
                await DatabaseRoles.ExecuteAsync(connection, $"set local role {DatabaseRoles.Owner}", cancellationToken);
            await ExecuteWholeAsync(connection, migration.Sql, cancellationToken);
            await MigrationLedger.RecordAsync(connection, migration, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException e)
        {
            throw new StartRefusedException($"Migration {migration.Name} failed{Place(e, migration)} and was rolled back: {e.SqlState} {e.MessageText}", e);
        }
    }

    /// <summary>
    /// Lets the server take the file apart: Npgsql would split it at semicolons, and does not know every place where one belongs to a
    /// statement (BEGIN ATOMIC).
    /// </summary>
    private static async Task ExecuteWholeAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            // Seconds; 0 waits as long as the migration takes.
            Timeout = 0,
            BatchCommands =
            {
                new("select set_config('colloque.migration', $1, true)") { Parameters = { new() { Value = sql } } },
                new("do $$ begin execute current_setting('colloque.migration'); end $$"),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Place(PostgresException e, Migration migration) =>
        e.InternalQuery == migration.Sql && e.InternalPosition > 0
            ? $" in line {migration.Sql.AsSpan(0, Math.Min(e.InternalPosition - 1, migration.Sql.Length)).Count('\n') + 1}"
            : "";

    private static string Quoted(string identifier) => $"\"{identifier.Replace("\"", "\"\"")}\"";
}
