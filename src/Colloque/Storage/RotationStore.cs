using Npgsql;
using NpgsqlTypes;

namespace Colloque.Storage;

/// <summary>A rotation of keys, from its first step to its last.</summary>
/// <param name="Id">Its own.</param>
/// <param name="ToMaster">Names the master key that it goes to.</param>
/// <param name="StartedAt">Tenant keys older than this are replaced.</param>
public sealed record RotationRow(Guid Id, Guid ToMaster, DateTimeOffset StartedAt);

/// <summary>A person's authenticator secrets as they lie in <c>second_factors</c>.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Sealed">The one in use; null when there is none.</param>
/// <param name="Pending">The one that waits for its first code; null when there is none.</param>
public sealed record FactorRow(Guid UserId, byte[]? Sealed, byte[]? Pending);

/// <summary>
/// Wrapped keys as a rotation sees them: all of them, as the role <c>colloque_keys</c>, over one connection of the login that migrates.
/// Everything here may be repeated: what was done shows in the rows themselves.
/// </summary>
public sealed class RotationStore : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private RotationStore(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>Opens it.</summary>
    /// <param name="setup">A login that may act as <c>colloque_keys</c>.</param>
    /// <param name="cancellationToken">Cancels opening.</param>
    /// <exception cref="StartRefusedException">The database does not answer, or does not let it.</exception>
    public static async Task<RotationStore> OpenAsync(string setup, CancellationToken cancellationToken)
    {
        var opened = new NpgsqlConnection(PostgresProbe.Unpooled(setup));
        try
        {
            await opened.OpenAsync(cancellationToken);
            await DatabaseRoles.ExecuteAsync(opened, "set role colloque_keys", cancellationToken);
            return new(opened);
        }
        catch (NpgsqlException e)
        {
            await opened.DisposeAsync();
            throw new StartRefusedException($"Keys cannot be rotated with this login: {e.Message}", e);
        }
    }

    /// <summary>The rotation that was begun and not finished; null when there is none.</summary>
    internal async Task<RotationRow?> UnderWayAsync(CancellationToken cancellationToken) =>
        (await ReadAsync("select id, to_master, started_at from keys.rotations where finished_at is null", [], static r => new RotationRow(r.GetGuid(0), r.GetGuid(1), r.GetFieldValue<DateTimeOffset>(2)), cancellationToken)).SingleOrDefault();

    internal Task BeginAsync(RotationRow rotation, CancellationToken cancellationToken) =>
        ExecuteAsync("insert into keys.rotations (id, to_master, started_at) values ($1, $2, $3)", [new() { Value = rotation.Id }, new() { Value = rotation.ToMaster }, new() { Value = rotation.StartedAt }], cancellationToken);

    internal Task FinishAsync(RotationRow rotation, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync("update keys.rotations set finished_at = $2 where id = $1", [new() { Value = rotation.Id }, new() { Value = now }], cancellationToken);

    /// <summary>The newest key of each organization and class.</summary>
    internal Task<List<(TenantKeyRow Key, DateTimeOffset CreatedAt)>> NewestTenantKeysAsync(CancellationToken cancellationToken) =>
        ReadAsync(
            "select distinct on (tenant_id, class) id, tenant_id, class, version, wrapped, master_id, created_at from keys.tenant_keys order by tenant_id, class, version desc",
            [], static r => (TenantKey(r, 0), r.GetFieldValue<DateTimeOffset>(6)), cancellationToken);

    /// <summary>Tenant keys that another master key wraps than this.</summary>
    internal Task<List<TenantKeyRow>> TenantKeysNotOfAsync(Guid masterId, CancellationToken cancellationToken) =>
        ReadAsync(
            "select id, tenant_id, class, version, wrapped, master_id from keys.tenant_keys where master_id is distinct from $1 order by id limit 500",
            [new() { Value = masterId }], static r => TenantKey(r, 0), cancellationToken);

    /// <summary>Unless someone made the same version meanwhile.</summary>
    internal Task AddTenantKeyAsync(TenantKeyRow row, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            insert into keys.tenant_keys (id, tenant_id, class, version, wrapped, master_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (tenant_id, class, version) do nothing
            """,
            [new() { Value = row.Id }, new() { Value = row.TenantId }, new() { Value = row.Class }, new() { Value = row.Version }, new() { Value = row.Wrapped }, new() { Value = row.MasterId!.Value }, new() { Value = now }],
            cancellationToken);

    internal Task RewrapTenantKeyAsync(TenantKeyRow row, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "update keys.tenant_keys set wrapped = $2, master_id = $3 where id = $1",
            [new() { Value = row.Id }, new() { Value = row.Wrapped }, new() { Value = row.MasterId!.Value }], cancellationToken);

    /// <summary>Data keys that a tenant key from before <paramref name="before"/> wraps, each with it.</summary>
    internal Task<List<(DataKeyRow Data, TenantKeyRow Tenant)>> DataKeysOfOlderAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        ReadAsync(
            """
            select t.id, t.tenant_id, t.class, t.version, t.wrapped, t.master_id, d.id, d.tenant_id, d.tenant_key_id, d.owner_id, d.epoch, d.wrapped, d.commitment
            from keys.data_keys d join keys.tenant_keys t on t.id = d.tenant_key_id where t.created_at < $1 order by t.id, d.id limit $2
            """,
            [new() { Value = before }, new() { Value = most }],
            static r => (new DataKeyRow(r.GetGuid(6), r.GetGuid(7), r.GetGuid(8), r.GetGuid(9), r.GetInt32(10), r.GetFieldValue<byte[]>(11), r.GetFieldValue<byte[]>(12)), TenantKey(r, 0)),
            cancellationToken);

    /// <summary>All of them or none.</summary>
    internal Task RewrapDataKeysAsync(IReadOnlyList<DataKeyRow> rows, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "update keys.data_keys d set tenant_key_id = n.tenant_key_id, wrapped = n.wrapped from unnest($1, $2, $3) as n(id, tenant_key_id, wrapped) where d.id = n.id",
            [
                new() { Value = rows.Select(static r => r.Id).ToArray() }, new() { Value = rows.Select(static r => r.TenantKeyId).ToArray() },
                new() { Value = rows.Select(static r => r.Wrapped).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            ],
            cancellationToken);

    /// <summary>Authenticators after a person, in the order of ids.</summary>
    internal Task<List<FactorRow>> FactorsAfterAsync(Guid person, int most, CancellationToken cancellationToken) =>
        ReadAsync(
            "select user_id, sealed, pending from second_factors where user_id > $1 and (sealed is not null or pending is not null) order by user_id limit $2",
            [new() { Value = person }, new() { Value = most }],
            static r => new FactorRow(r.GetGuid(0), r.IsDBNull(1) ? null : r.GetFieldValue<byte[]>(1), r.IsDBNull(2) ? null : r.GetFieldValue<byte[]>(2)), cancellationToken);

    /// <summary>Unless the person changed it meanwhile.</summary>
    internal Task RewrapFactorAsync(FactorRow old, FactorRow row, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "update second_factors set sealed = $2, pending = $3 where user_id = $1 and sealed is not distinct from $4 and pending is not distinct from $5",
            [new() { Value = row.UserId }, Bytes(row.Sealed), Bytes(row.Pending), Bytes(old.Sealed), Bytes(old.Pending)], cancellationToken);

    /// <summary>Removes older tenant keys that wrap nothing any more. False when one has got a data key meanwhile: rewrap, and come again.</summary>
    internal async Task<bool> RemoveOlderAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("delete from keys.tenant_keys where created_at < $1", [new() { Value = before }], cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }
    }

    /// <summary>Seals the start's check with another master key.</summary>
    internal Task ResealAsync(byte[] sealedCheck, CancellationToken cancellationToken) =>
        ExecuteAsync("update keys.seal_check set sealed = $1", [new() { Value = sealedCheck }], cancellationToken);

    /// <summary>From here on nothing is wrapped with it. False when something still is, or has just been: rewrap, and come again.</summary>
    internal async Task<bool> RetireAsync(Guid masterId, Guid successor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Waits for those who are writing a tenant key this moment, and lets nobody begin.
        await ExecuteAsync("lock table keys.tenant_keys in share row exclusive mode", [], cancellationToken);
        var left = await ReadAsync("select count(*) from keys.tenant_keys where master_id is distinct from $1", [new() { Value = successor }], static r => r.GetInt64(0), cancellationToken);
        if (left[0] > 0)
        {
            return false;
        }

        await ExecuteAsync("insert into keys.retired_masters (id, retired_at) values ($1, $2) on conflict (id) do nothing", [new() { Value = masterId }, new() { Value = now }], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static NpgsqlParameter Bytes(byte[]? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea };

    private static TenantKeyRow TenantKey(NpgsqlDataReader r, int at) =>
        new(r.GetGuid(at), r.GetGuid(at + 1), r.GetString(at + 2), r.GetInt32(at + 3), r.GetFieldValue<byte[]>(at + 4), r.IsDBNull(at + 5) ? null : r.GetGuid(at + 5));

    private async Task<List<T>> ReadAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private async Task ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
