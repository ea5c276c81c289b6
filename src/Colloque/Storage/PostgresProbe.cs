using System.Net.Sockets;
using Npgsql;

namespace Colloque.Storage;

/// <summary>Asks a database whether it answers, for readiness.</summary>
public static class PostgresProbe
{
    /// <summary>True when a new connection answers a query within its connect time-out; false when it refuses, starts up or shuts down.</summary>
    public static async Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Unpooled(connectionString));
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select 1", connection);
            return await command.ExecuteScalarAsync(cancellationToken) is 1;
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The same server without the pool: what a short visit wants, and what keeps a killed backend out of the pool.</summary>
    internal static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
