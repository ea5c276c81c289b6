using Colloque.Security;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Storage;

/// <summary>The runtime role's pool of connections, and the few ways to run a statement under a caller outside EF's unit of work.</summary>
public sealed class ColloqueDatabase(NpgsqlDataSource source)
{
    /// <summary>The pool.</summary>
    public NpgsqlDataSource Source { get; } = source;

    /// <summary>Builds the pool for a runtime login.</summary>
    /// <param name="connectionString">Of the runtime role (<c>colloque_app</c>).</param>
    public static ColloqueDatabase Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 40,
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            // Each unit of work sets its caller inside its own transaction, so a pooled connection carries nothing over.
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            Timeout = 10,
            CommandTimeout = 30,
            ApplicationName = "colloque",
            // Every statement here finds its rows by key. Planned anew for its values each time, a page cost twice as much.
            Options = "-c plan_cache_mode=force_generic_plan",
        };
        return new(new NpgsqlDataSourceBuilder(settings.ConnectionString).Build());
    }

    /// <summary>Runs one reading statement; caller and statement travel in one round trip and one transaction.</summary>
    /// <param name="caller">Null for the narrow look-ups that need none.</param>
    /// <param name="sql">With positional parameters.</param>
    /// <param name="parameters">In order.</param>
    /// <param name="row">Called for each row.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="Refusal">503: the database does not answer.</exception>
    public async Task ReadAsync(Caller? caller, string sql, NpgsqlParameter[] parameters, Action<NpgsqlDataReader> row, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection);
            if (caller is not null)
            {
                batch.BatchCommands.Add(SetCaller(caller));
            }

            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(parameters);
            batch.BatchCommands.Add(command);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            if (caller is not null)
            {
                await reader.NextResultAsync(cancellationToken);
            }

            while (await reader.ReadAsync(cancellationToken))
            {
                row(reader);
            }
        }
        catch (Exception e) when (IsTransient(e))
        {
            throw Refusal.Unavailable();
        }
    }

    /// <summary>Runs one statement for its effect.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public Task ExecuteAsync(Caller? caller, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        ReadAsync(caller, sql, parameters, static _ => { }, cancellationToken);

    /// <summary>True when a repeat may help: an outage, or a transaction that was rolled back whole for another's sake (40001, 40P01).</summary>
    public static bool IsTransient(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } || IsOutage(e);

    /// <summary>True when the database, not the statement, is at fault.</summary>
    public static bool IsOutage(Exception e) => e switch
    {
        // 57P: shutting down or starting up; 53: out of resources; 08: connection.
        PostgresException p => p.SqlState.StartsWith("57P", StringComparison.Ordinal) || p.SqlState.StartsWith("53", StringComparison.Ordinal)
            || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or System.Net.Sockets.SocketException or TimeoutException => true,
        _ => false,
    };

    internal static NpgsqlBatchCommand SetCaller(Caller caller) => new("select set_caller($1, $2, $3)")
    {
        Parameters =
        {
            new() { Value = (object?)caller.Tenant ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = caller.UserId, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = caller.Role.ToString(), NpgsqlDbType = NpgsqlDbType.Text },
        },
    };
}
