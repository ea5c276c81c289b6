using Npgsql;

namespace Colloque.Storage;

/// <summary>Asks whether a database was ever made with a master key, before a key is created for it.</summary>
public static class SealProbe
{
    /// <summary>False for a database that does not exist yet, or has never been migrated.</summary>
    /// <param name="connectionString">Of any login.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <exception cref="StartRefusedException">The database does not answer.</exception>
    public static async Task<bool> IsSealedAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(PostgresProbe.Unpooled(connectionString));
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                "select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'keys' and c.relname = 'seal_check')", connection);
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
        catch (NpgsqlException e)
        {
            throw new StartRefusedException($"The database cannot be reached: {e.Message}", e);
        }
    }
}
