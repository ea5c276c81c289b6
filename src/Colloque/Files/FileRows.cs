using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Files;

/// <summary>What the verbs of files share: their rows, read and written under the caller's policies.</summary>
public sealed class FileRows(ColloqueDb db, TimeProvider time) : IInTurn
{
    /// <summary>A file of a conversation; null for a stranger's, and for another's that is not confirmed. One query.</summary>
    internal Task<StoredFile?> FindAsync(Guid conversationId, Guid fileId, CancellationToken cancellationToken) =>
        db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == fileId && f.ConversationId == conversationId, cancellationToken);

    /// <summary>A file that is shown by a message which still stands; null for any other. One query.</summary>
    internal async Task<StoredFile?> FindShownAsync(Guid conversationId, Guid fileId, CancellationToken cancellationToken)
    {
        var rows = await db.Files.FromSql(
            $"""
            select f.* from files f where f.id = {fileId} and f.conversation_id = {conversationId} and f.status = 'Confirmed'
              and not exists (select from messages m where m.id = f.message_id and m.deleted_at is not null)
            """).AsNoTracking().ToListAsync(cancellationToken);
        return rows.Count == 1 ? rows[0] : null;
    }

    /// <summary>Whether the conversation takes messages. One query.</summary>
    /// <exception cref="Refusal">404: no seat, or no such conversation.</exception>
    internal async Task<bool> IsOpenAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var status = await db.Database.SqlQuery<string>($"select status as \"Value\" from conversations where id = {conversationId}").ToListAsync(cancellationToken);
        return status.Count == 1 ? status[0] == nameof(ConversationStatus.Open) : throw Refusal.NotFound();
    }

    // Raw SQL: EF would name the columns that only confirmation may write.
    internal Task AddAsync(StoredFile file, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        insert into files (id, tenant_id, conversation_id, uploader_id, status, mime_type, size_bytes, sealed, object_key, created_at)
        values ({file.Id}, {file.TenantId}, {file.ConversationId}, {file.UploaderId}, 'Prepared', {file.MimeType}, {file.SizeBytes}, {file.Sealed}, {file.ObjectKey}, {file.CreatedAt})
        """,
        cancellationToken);

    /// <summary>Prepared becomes Confirmed, once; false if another call was first or the row is gone. Where something else is kept than came, what came is doomed.</summary>
    internal async Task<bool> ConfirmAsync(StoredFile file, StoredObject kept, byte[] label, Guid messageId, int place, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var confirmed = await db.Database.ExecuteSqlAsync(
            $"""
            update files set status = 'Confirmed', sealed = {label}, message_id = {messageId}, message_place = {place}, confirmed_at = {now}, size_bytes = {kept.Size}, object_key = {kept.Key}
            where id = {file.Id} and status = 'Prepared'
            """,
            cancellationToken) == 1;
        if (!confirmed || kept.Key == file.ObjectKey)
        {
            return confirmed;
        }

        var spared = await db.Database.SqlQuery<bool>($"select objects_spare({kept.Key}) as \"Value\"").ToListAsync(cancellationToken);
        await DoomAsync([file.ObjectKey], now, cancellationToken);
        // It took so long that it was swept: the caller may repeat.
        return spared[0] ? true : throw Refusal.Unavailable("storage_unavailable");
    }

    /// <summary>Notes objects that go, unless they are spared, when they are due.</summary>
    internal async Task<bool> DoomAsync(string[] objectKeys, DateTimeOffset due, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select objects_doom({objectKeys}, {due})", cancellationToken);
        return true;
    }

    internal async Task<bool> ShowAsync(Guid fileId, Guid messageId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"update files set message_id = {messageId} where id = {fileId}", cancellationToken) == 1;

    /// <summary>Removes a file's row, with its name and its key; its object is doomed with the same commit.</summary>
    internal async Task<bool> RemoveAsync(Guid fileId, CancellationToken cancellationToken) =>
        await DoomAsync(await db.Database.SqlQuery<string>($"delete from files where id = {fileId} returning object_key as \"Value\"").ToListAsync(cancellationToken), cancellationToken);

    /// <summary>Removes what a message shows.</summary>
    internal async Task<bool> RemoveOfMessageAsync(Guid messageId, CancellationToken cancellationToken) =>
        await DoomAsync(await db.Database.SqlQuery<string>($"delete from files where message_id = {messageId} returning object_key as \"Value\"").ToListAsync(cancellationToken), cancellationToken);

    private async Task<bool> DoomAsync(List<string> objectKeys, CancellationToken cancellationToken) =>
        objectKeys.Count > 0 && await DoomAsync([.. objectKeys], time.GetUtcNow(), cancellationToken);

    /// <summary>Bytes of files that a person has sent, and that an organization has. One query.</summary>
    internal async Task<(long Person, long Organization)> KeptAsync(Guid person, Guid tenant, CancellationToken cancellationToken)
    {
        var kept = await db.Database.SqlQuery<Kept>($"select of_person as \"Person\", of_tenant as \"Organization\" from files_kept({person}, {tenant})").ToListAsync(cancellationToken);
        return (kept[0].Person, kept[0].Organization);
    }

    /// <summary>Forgets an upload that no message shows; false where one does.</summary>
    internal async Task<bool> RemovePreparedAsync(Guid fileId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"delete from files where id = {fileId} and status = 'Prepared'", cancellationToken) == 1;

    /// <summary>The caller's own uploads that wait for confirmation, oldest first. Two calls of one person wait for each other from here on.</summary>
    internal async Task<List<StoredFile>> OpenOnesAsync(Caller caller, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"prepare " + caller.UserId}, 0))", cancellationToken);
        return await db.Files.AsNoTracking()
            .Where(f => f.Status == FileStatus.Prepared && f.UploaderId == caller.UserId)
            .OrderBy(f => f.CreatedAt).ThenBy(f => f.Id).ToListAsync(cancellationToken);
    }

    private sealed record Kept(long Person, long Organization);
}
