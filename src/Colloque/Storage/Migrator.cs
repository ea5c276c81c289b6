using System.Net.Sockets;
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
        var target = Parse(adminConnectionString);
        if (options.CreateDatabase is { } database)
        {
            await CreateDatabaseAsync(target.ConnectionString, database, cancellationToken);
            target.Database = database;
        }

        await using var connection = await OpenAsync(target.ConnectionString, cancellationToken);
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
        await using var connection = await OpenAsync(maintenance, cancellationToken);
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
            await migration.ApplyAsync(connection, cancellationToken);
        return [.. pending.Select(m => m.Name)];
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        }
        catch (ArgumentException e)
        {
            // The parser's own message may quote what it could not read, and that may be a password.
            throw new StartRefusedException("The database's connection string cannot be read. It looks like: Host=…;Username=…;Password=…;Database=…", e);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            await connection.DisposeAsync();
            throw new StartRefusedException($"The database ({connection.DataSource}) cannot be opened: {e.Message}", e);
        }
    }

    private static string Quoted(string identifier) => $"\"{identifier.Replace("\"", "\"\"")}\"";
}
