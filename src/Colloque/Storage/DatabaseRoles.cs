using Colloque.Security;
using Npgsql;

namespace Colloque.Storage;

/// <summary>The two roles of a database: one owns every table and cannot log in, the other logs in and owns nothing.</summary>
public static class DatabaseRoles
{
    /// <summary>Owns schemas and tables; migrations run as it. NOLOGIN, neither superuser nor BYPASSRLS, so that forced policies bind it too.</summary>
    public const string Owner = "colloque_owner";

    /// <summary>The running server's role. Owns nothing, inherits nothing, bypasses nothing.</summary>
    public const string Runtime = "colloque_app";

    /// <summary>Creates the roles that are missing. Two databases of one cluster may do so at once: who comes second finds them there.</summary>
    internal static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Attributes that are off by default are not spelled: some may be named only by a superuser, even to say no.
        await EnsureAsync(connection, Owner, "nologin", cancellationToken);
        await EnsureAsync(connection, Runtime, "login noinherit", cancellationToken);
        await RefuseMightyAsync(connection, cancellationToken);
        await BecomeAbleToActAsOwnerAsync(connection, cancellationToken);
    }

    /// <summary>Gives the runtime role a password, as a verifier computed here: the password itself never reaches the server or its log.</summary>
    internal static async Task SetRuntimePasswordAsync(NpgsqlConnection connection, string password, CancellationToken cancellationToken)
    {
        var verifier = ScramVerifier.For(password);
        await ExecuteAsync(connection, $"alter role {Runtime} password '{verifier}'", cancellationToken);
    }

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task EnsureAsync(NpgsqlConnection connection, string role, string attributes, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)", connection)
        {
            Parameters = { new() { Value = role } },
        };
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
            return;
        try
        {
            await ExecuteAsync(connection, $"create role {role} {attributes}", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Another program made it between the question and the answer.
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StartRefusedException(
                $"The login of the connection string may not create roles. Let it (ALTER ROLE … CREATEROLE), or create {Owner} (NOLOGIN) and {Runtime} (LOGIN NOINHERIT) beforehand and grant {Owner} to it.", e);
        }
    }

    private static async Task RefuseMightyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select rolname from pg_roles where rolname in ($1, $2) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)", connection)
        {
            Parameters = { new() { Value = Owner }, new() { Value = Runtime } },
        };
        if (await command.ExecuteScalarAsync(cancellationToken) is string role)
            throw new StartRefusedException(
                $"The role {role} has rights that would let it see what policies hide. Run: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB");
    }

    /// <summary>A superuser may act as anyone; another login must be a member. PostgreSQL 16 made the right to SET ROLE a grant of its own.</summary>
    private static async Task BecomeAbleToActAsOwnerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var sixteen = connection.PostgreSqlVersion.Major >= 16;
        await using var command = new NpgsqlCommand($"select pg_has_role(current_user, '{Owner}', '{(sixteen ? "SET" : "MEMBER")}')", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
            return;
        await ExecuteAsync(connection, $"grant {Owner} to current_user{(sixteen ? " with set true, inherit false" : "")}", cancellationToken);
    }
}
