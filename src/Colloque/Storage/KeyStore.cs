using Colloque.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colloque.Storage;

/// <summary>A wrapped tenant key as it lies in <c>keys.tenant_keys</c>; <paramref name="MasterId"/> names the master key that wraps it (null: made before that was written down).</summary>
public sealed record TenantKeyRow(Guid Id, Guid TenantId, string Class, int Version, byte[] Wrapped, Guid? MasterId = null);

/// <summary>A wrapped data key as it lies in <c>keys.data_keys</c>.</summary>
public sealed record DataKeyRow(Guid Id, Guid TenantId, Guid TenantKeyId, Guid OwnerId, int Epoch, byte[] Wrapped, byte[] Commitment);

/// <summary>Reads and writes wrapped keys, always under the caller's policies.</summary>
public sealed class KeyStore(ColloqueDatabase database)
{
    /// <summary>The keys of one conversation, oldest epoch first; none where the caller has no seat.</summary>
    public async Task<IReadOnlyList<(DataKeyRow Data, TenantKeyRow Tenant)>> LoadAsync(Caller caller, Guid conversationId, CancellationToken cancellationToken)
    {
        var rows = new List<(DataKeyRow, TenantKeyRow)>(1);
        await database.ReadAsync(
            caller,
            """
            select d.id, d.tenant_id, d.tenant_key_id, d.owner_id, d.epoch, d.wrapped, d.commitment, t.class, t.version, t.wrapped, t.master_id
            from keys.data_keys d join keys.tenant_keys t on t.id = d.tenant_key_id where d.owner_id = $1 order by d.epoch
            """,
            [new() { Value = conversationId }],
            r => rows.Add((
                new(r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), r.GetGuid(3), r.GetInt32(4), r.GetFieldValue<byte[]>(5), r.GetFieldValue<byte[]>(6)),
                new(r.GetGuid(2), r.GetGuid(1), r.GetString(7), r.GetInt32(8), r.GetFieldValue<byte[]>(9), r.IsDBNull(10) ? null : r.GetGuid(10)))),
            cancellationToken);
        return rows;
    }

    /// <summary>The keys of several conversations, in the transaction of a unit of work.</summary>
    internal static async Task<IReadOnlyList<(DataKeyRow Data, TenantKeyRow Tenant)>> LoadAsync(ColloqueDb db, Guid[] conversationIds, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<KeyRow>(
            $"""
            select d.id "Id", d.tenant_id "TenantId", d.tenant_key_id "TenantKeyId", d.owner_id "OwnerId", d.epoch "Epoch", d.wrapped "Wrapped", d.commitment "Commitment",
              t.class "Class", t.version "Version", t.wrapped "TenantWrapped", t.master_id "MasterId"
            from keys.data_keys d join keys.tenant_keys t on t.id = d.tenant_key_id where d.owner_id = any ({conversationIds})
            """).ToListAsync(cancellationToken);
        return [.. rows.Select(static r => (
            new DataKeyRow(r.Id, r.TenantId, r.TenantKeyId, r.OwnerId, r.Epoch, r.Wrapped, r.Commitment),
            new TenantKeyRow(r.TenantKeyId, r.TenantId, r.Class, r.Version, r.TenantWrapped, r.MasterId)))];
    }

    /// <summary>The tenant's key of a class: the stored one, or <paramref name="candidate"/> if this call is the first.</summary>
    /// <exception cref="Refusal">503: a rotation has just retired the key this process wraps with; the same call again finds the new one.</exception>
    internal static async Task<TenantKeyRow> EnsureTenantKeyAsync(ColloqueDb db, TenantKeyRow candidate, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await WriteAsync(
            db,
            $"""
            insert into keys.tenant_keys (id, tenant_id, class, version, wrapped, master_id, created_at)
            select {candidate.Id}, {candidate.TenantId}, {candidate.Class}, {candidate.Version}, {candidate.Wrapped}, {candidate.MasterId}, {now}
            where not exists (select from keys.tenant_keys where tenant_id = {candidate.TenantId} and class = {candidate.Class})
            on conflict (tenant_id, class, version) do nothing
            """,
            cancellationToken);
        var rows = await db.Database.SqlQuery<TenantKeyRow>(
            $"""
            select id as "Id", tenant_id as "TenantId", class as "Class", version as "Version", wrapped as "Wrapped", master_id as "MasterId"
            from keys.tenant_keys where tenant_id = {candidate.TenantId} and class = {candidate.Class} order by version desc limit 1
            """).ToListAsync(cancellationToken);
        return rows[0];
    }
    /// <exception cref="Refusal">503: a rotation has just replaced the tenant key; the same call again finds the new one.</exception>
    internal static Task AddDataKeyAsync(ColloqueDb db, DataKeyRow row, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(
            db,
            $"""
            insert into keys.data_keys (id, tenant_id, tenant_key_id, owner_id, epoch, wrapped, commitment, created_at)
            values ({row.Id}, {row.TenantId}, {row.TenantKeyId}, {row.OwnerId}, {row.Epoch}, {row.Wrapped}, {row.Commitment}, {now})
            """,
            cancellationToken);

    private static async Task WriteAsync(ColloqueDb db, FormattableString sql, CancellationToken cancellationToken)
    {
        try
        {
            await db.Database.ExecuteSqlAsync(sql, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw Refusal.Unavailable();
        }
    }

    /// <summary>
    /// Checks that this master key is the one the database was made with, before anything is written with it.
    /// </summary>
    /// <exception cref="StartRefusedException">Another key.</exception>
    public async Task VerifyAsync(MasterKey master, DateTimeOffset now, CancellationToken cancellationToken)
    {
        byte[]? sealedCheck = null;
        await database.ReadAsync(null, "select keys_seal_check()", [], r => sealedCheck = r.IsDBNull(0) ? null : r.GetFieldValue<byte[]>(0), cancellationToken);
        if (sealedCheck is null)
        {
            await database.ExecuteAsync(null, "select keys_set_seal_check($1, $2)", [new() { Value = SealCheck(master) }, new() { Value = now }], cancellationToken);
            return;
        }

        try
        {
            _ = master.Unwrap(sealedCheck, "seal check"u8);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new StartRefusedException("The master key is not the one this database was made with: nothing was started and nothing was written. Put the right key file back.");
        }
    }

    /// <summary>What <see cref="VerifyAsync"/> opens.</summary>
    internal static byte[] SealCheck(MasterKey master) => master.Wrap("colloque"u8, "seal check"u8);

    private sealed record KeyRow(
        Guid Id, Guid TenantId, Guid TenantKeyId, Guid OwnerId, int Epoch, byte[] Wrapped, byte[] Commitment, string Class, int Version, byte[] TenantWrapped, Guid? MasterId);
}
