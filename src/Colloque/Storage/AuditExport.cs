using Colloque.Audit;
using Npgsql;

namespace Colloque.Storage;

/// <summary>Reads the tables of the audit from a live database, as a dump would hold them.</summary>
public static class AuditExport
{
    /// <summary>All tables in one snapshot.</summary>
    /// <param name="connectionString">Of a login that policies do not bind.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="StartRefusedException">It cannot be opened or may not read.</exception>
    public static async Task<AuditTables> ReadAsync(string connectionString, CancellationToken cancellationToken)
    {
        var tables = new AuditTables();
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            // Where a policy would hide rows, an error instead of a lie; and values as they are in a dump.
            await using (var prepare = new NpgsqlCommand("set local row_security = off; set local datestyle = iso; set local bytea_output = hex", connection, transaction))
            {
                await prepare.ExecuteNonQueryAsync(cancellationToken);
            }

            foreach (var (table, columns) in AuditTables.Columns)
            {
                using var rows = await connection.BeginTextExportAsync($"copy public.{table} ({string.Join(", ", columns)}) to stdout", cancellationToken);
                await tables.ReadCopyAsync(table, columns, rows, cancellationToken);
            }

            return tables;
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new StartRefusedException($"The audit cannot be read from the database: {(e is ArgumentException ? "its connection string is not one" : e.Message)}", e);
        }
    }
}
