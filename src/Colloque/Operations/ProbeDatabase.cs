using Colloque.Storage;

namespace Colloque.Operations;

/// <summary>How the database is.</summary>
/// <param name="Version">Of PostgreSQL.</param>
/// <param name="Latency">Of one small question.</param>
/// <param name="SizeBytes">On its disk.</param>
public sealed record DatabaseState(string Version, TimeSpan Latency, long SizeBytes);

/// <summary>Asks the database how it is.</summary>
public sealed class ProbeDatabase(ColloqueDatabase database, TimeProvider time)
{
    /// <summary>Two statements.</summary>
    /// <exception cref="Refusal">503: it does not answer.</exception>
    public async Task<DatabaseState> RunAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        await database.ExecuteAsync(null, "select 1", [], cancellationToken);
        var latency = time.GetElapsedTime(asked);
        DatabaseState? state = null;
        await database.ReadAsync(
            null, "select current_setting('server_version'), pg_database_size(current_database())", [], r => state = new(r.GetString(0), latency, r.GetInt64(1)), cancellationToken);
        return state!;
    }
}
