using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Files;

/// <summary>Pictures and their keys. One's own, or one's organization's, are changed under the caller's policies; any is found by its name.</summary>
public sealed class PictureRows(ColloqueDb db, KeyRing keys, TimeProvider time) : IInTurn
{
    /// <summary>Puts a picture in the place of the one before; answers with where the old one's bytes lie. At most five statements.</summary>
    internal async Task<string?> ReplaceAsync(Picture picture, CancellationToken cancellationToken)
    {
        // Of two at once, one comes second and replaces the other.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"picture {picture.OwnerId} {picture.Kind}"}, 0))", cancellationToken);
        var old = await RemoveAsync(picture.OwnerId, picture.Kind, cancellationToken);
        var (key, keyRow) = await keys.NewForFileAsync(picture.Id, db, cancellationToken);
        using (key)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into pictures (id, name, owner_id, kind, size_bytes, sealed, object_key, created_at)
                values ({picture.Id}, {picture.Name}, {picture.OwnerId}, {picture.Kind.ToString()}, {picture.SizeBytes}, {picture.Seal(key)}, {picture.ObjectKey}, {time.GetMoment()})
                """,
                cancellationToken);
        }

        await KeyStore.AddDataKeyAsync(db, keyRow, time.GetMoment(), cancellationToken);
        return old;
    }

    /// <summary>Removes the row and, by the database, its key; answers with where the bytes lie, null where there was none.</summary>
    internal async Task<string?> RemoveAsync(Guid ownerId, PictureKind kind, CancellationToken cancellationToken)
    {
        var removed = await db.Database.SqlQuery<string>($"delete from pictures where owner_id = {ownerId} and kind = {kind.ToString()} returning object_key as \"Value\"")
            .ToListAsync(cancellationToken);
        return removed.Count == 1 ? removed[0] : null;
    }

    /// <summary>The picture of a name, for whoever knows it. One query.</summary>
    internal async Task<Picture?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select id "Id", owner_id "OwnerId", size_bytes "SizeBytes", sealed "Sealed", object_key "ObjectKey", key_id "KeyId", tenant_key_id "TenantKeyId", epoch "Epoch",
              wrapped "Wrapped", commitment "Commitment", tenant_key_version "TenantKeyVersion", tenant_key_wrapped "TenantKeyWrapped"
            from pictures_find({name})
            """).ToListAsync(cancellationToken);
        if (rows is not [var row])
        {
            return null;
        }

        using var key = keys.Open(
            new DataKeyRow(row.KeyId, Guid.Empty, row.TenantKeyId, row.Id, row.Epoch, row.Wrapped, row.Commitment),
            new TenantKeyRow(row.TenantKeyId, Guid.Empty, "file", row.TenantKeyVersion, row.TenantKeyWrapped, MasterId: null));
        // Its kind is not asked for: it makes no difference to who looks.
        return new(row.Id, name, row.OwnerId, default, row.SizeBytes, row.ObjectKey, Picture.OpenSecret(key, row.Sealed, row.Id, row.OwnerId));
    }

    private sealed record Row(
        Guid Id, Guid OwnerId, int SizeBytes, byte[] Sealed, string ObjectKey, Guid KeyId, Guid TenantKeyId, int Epoch, byte[] Wrapped, byte[] Commitment,
        int TenantKeyVersion, byte[] TenantKeyWrapped);
}
