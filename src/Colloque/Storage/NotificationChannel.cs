using Npgsql;
using NpgsqlTypes;

namespace Colloque.Storage;

/// <summary>
/// <c>LISTEN</c> and <c>NOTIFY</c>: text that the database gives to whoever listens at that moment, in one order for all, and keeps nowhere. Any login of the database may listen and speak, so
/// what goes here is sealed.
/// </summary>
public sealed class NotificationChannel(ColloqueDatabase database)
{
    private const string Name = "colloque_nodes";

    /// <summary>Sends, all in one transaction and so with nothing of others between.</summary>
    /// <param name="notifications">Each of less than 8,000 characters.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="Refusal">503: not sent.</exception>
    public async Task SendAsync(string[] notifications, CancellationToken cancellationToken)
    {
        try
        {
            await database.ExecuteAsync(
                null,
                $"select pg_notify('{Name}', n) from unnest($1) n",
                [new() { Value = notifications, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }],
                cancellationToken);
        }
        catch (NpgsqlException)
        {
            throw Refusal.Unavailable();
        }
    }

    /// <summary>Listens, with a connection of its own, until nothing has come for a while: one that has ended does not always say so.</summary>
    /// <param name="listening">From here on all is heard.</param>
    /// <param name="heard">Called for each in its order; must not throw, and not wait.</param>
    /// <param name="silence">For how long nothing may come.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Refusal">503: the database does not answer, or not any more.</exception>
    public async Task ListenAsync(Action listening, Action<string> heard, TimeSpan silence, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            connection.Notification += (_, e) => heard(e.Payload);
            try
            {
                await DoAsync(connection, $"listen {Name}", cancellationToken);
                listening();
                while (await connection.WaitAsync(silence, cancellationToken))
                {
                    // It was heard.
                }
            }
            finally
            {
                // It goes back to the pool, where nobody would read what comes.
                await DoAsync(connection, "unlisten *", CancellationToken.None);
            }
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException or IOException)
        {
            // A connection that has broken is not open any more to be told so.
            throw Refusal.Unavailable();
        }
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 5 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
