using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Files;

/// <summary>Files of people and their keys, read and written under the caller's policies: one's own, and a practitioner's papers for the platform's administrators.</summary>
public sealed class PersonFileRows(ColloqueDb db, KeyRing keys, FileRows objects) : IInTurn
{
    private const string Select =
        """
        select f.id "Id", f.owner_id "OwnerId", f.kind "Kind", f.status "Status", f.mime_type "MimeType", f.size_bytes "SizeBytes", f.sealed "Sealed", f.object_key "ObjectKey",
          f.created_at "CreatedAt", d.id "KeyId", d.tenant_key_id "TenantKeyId", d.epoch "Epoch", d.wrapped "Wrapped", d.commitment "Commitment",
          t.version "TenantKeyVersion", t.wrapped "TenantKeyWrapped"
        from person_files f join keys.data_keys d on d.owner_id = f.id join keys.tenant_keys t on t.id = d.tenant_key_id
        """;

    /// <summary>A file of the caller's, or one they may review; null for any other. One query.</summary>
    internal async Task<PersonFile?> FindAsync(Guid fileId, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQueryRaw<Row>(Select + " where f.id = {0}", fileId).ToListAsync(cancellationToken);
        return rows.Count == 1 ? Open(rows[0]) : null;
    }

    /// <summary>The papers that a practitioner has handed in, oldest first. One query.</summary>
    internal async Task<IReadOnlyList<PersonFile>> PapersAsync(Guid ownerId, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQueryRaw<Row>(Select + " where f.owner_id = {0} and f.kind <> 'Private' and f.status = 'Confirmed' order by f.created_at, f.id", ownerId)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(Open)];
    }

    /// <summary>How many a person has: unconfirmed of all kinds, and confirmed for themselves and for review. Two calls of one person wait for each other from here on.</summary>
    internal async Task<(int Open, int Private, int Papers, DateTimeOffset? Oldest)> CountAsync(Guid ownerId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"prepare " + ownerId}, 0))", cancellationToken);
        var rows = await db.Database.SqlQuery<Counts>(
            $"""
            select count(*) filter (where status = 'Prepared')::integer "Open", count(*) filter (where status = 'Confirmed' and kind = 'Private')::integer "Private",
              count(*) filter (where status = 'Confirmed' and kind <> 'Private')::integer "Papers", min(created_at) filter (where status = 'Prepared') "Oldest"
            from person_files where owner_id = {ownerId}
            """).ToListAsync(cancellationToken);
        return (rows[0].Open, rows[0].Private, rows[0].Papers, rows[0].Oldest);
    }

    /// <summary>Three statements: the installation's key where this is the first of all, the row, its key.</summary>
    internal async Task AddAsync(PersonFile file, CancellationToken cancellationToken)
    {
        var (key, keyRow) = await keys.NewForFileAsync(file.Id, db, cancellationToken);
        using (key)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into person_files (id, owner_id, kind, status, mime_type, size_bytes, sealed, object_key, created_at)
                values ({file.Id}, {file.OwnerId}, {file.Kind.ToString()}, 'Prepared', {file.Type.MimeType}, {file.SizeBytes}, {file.Seal(key)}, {file.ObjectKey}, {file.CreatedAt})
                """,
                cancellationToken);
        }

        await KeyStore.AddDataKeyAsync(db, keyRow, file.CreatedAt, cancellationToken);
    }

    /// <summary>
    /// Prepared becomes Confirmed, with the measured hash, once; false if another call was first or the row is gone. Where something else is kept than came, what came is doomed.
    /// </summary>
    internal async Task<bool> ConfirmAsync(PersonFile file, StoredObject kept, CheckedContent found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQueryRaw<Row>(Select + " where f.id = {0} and f.status = 'Prepared' for update of f", file.Id).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return false;
        }

        using var key = KeyOf(rows[0]);
        var label = (file with { Label = file.Label with { Sha256 = found.Sha256, Writing = found.Writing, Key = kept.Secret } }).Seal(key);
        await db.Database.ExecuteSqlAsync(
            $"update person_files set status = 'Confirmed', sealed = {label}, confirmed_at = {now}, size_bytes = {kept.Size}, object_key = {kept.Key} where id = {file.Id}", cancellationToken);
        if (kept.Key == file.ObjectKey)
        {
            return true;
        }

        var spared = await db.Database.SqlQuery<bool>($"select objects_spare({kept.Key}) as \"Value\"").ToListAsync(cancellationToken);
        await objects.DoomAsync([file.ObjectKey], now, cancellationToken);
        // It took so long that it was swept: the caller may repeat.
        return spared[0] ? true : throw Refusal.Unavailable("storage_unavailable");
    }

    /// <summary>Removes the row and, by the database, its key: false where the caller has none such.</summary>
    internal async Task<bool> RemoveAsync(Guid fileId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"delete from person_files where id = {fileId}", cancellationToken) == 1;

    /// <summary>Removes the caller's uploads that nobody confirmed and whose links have expired; answers with where their bytes lie.</summary>
    internal Task<List<string>> RemoveExpiredAsync(Guid ownerId, DateTimeOffset before, CancellationToken cancellationToken) => db.Database.SqlQuery<string>(
        $"delete from person_files where owner_id = {ownerId} and status = 'Prepared' and created_at < {before} returning object_key as \"Value\"").ToListAsync(cancellationToken);

    private PersonFile Open(Row row)
    {
        using var key = KeyOf(row);
        return new(
            row.Id, row.OwnerId, Enum.Parse<PersonFileKind>(row.Kind), Enum.Parse<FileStatus>(row.Status), FileType.Of(row.MimeType)!, row.SizeBytes, row.ObjectKey,
            PersonFile.OpenLabel(key, row.Sealed, row.Id, row.OwnerId), row.CreatedAt);
    }

    private DataKey KeyOf(Row row) => keys.Open(
        new DataKeyRow(row.KeyId, Guid.Empty, row.TenantKeyId, row.Id, row.Epoch, row.Wrapped, row.Commitment),
        new TenantKeyRow(row.TenantKeyId, Guid.Empty, "file", row.TenantKeyVersion, row.TenantKeyWrapped, MasterId: null));

    private sealed record Row(
        Guid Id, Guid OwnerId, string Kind, string Status, string MimeType, long SizeBytes, byte[] Sealed, string ObjectKey, DateTimeOffset CreatedAt,
        Guid KeyId, Guid TenantKeyId, int Epoch, byte[] Wrapped, byte[] Commitment, int TenantKeyVersion, byte[] TenantKeyWrapped);

    private sealed record Counts(int Open, int Private, int Papers, DateTimeOffset? Oldest);
}
