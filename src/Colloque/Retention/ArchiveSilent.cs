using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Retention;

/// <summary>
/// Puts a conversation away in which nothing was said for long, and says so in it, in one transaction: both or neither. As somebody seated in it, in whose name the line stands; it names
/// nobody.
/// </summary>
public sealed class ArchiveSilent(ColloqueDb db, KeyRing keys, CallerScope scope, UnitOfWork work, RetentionSettings settings, TimeProvider time)
{
    /// <summary>Three statements. False: somebody spoke meanwhile, or another process was first.</summary>
    /// <exception cref="Refusal">404 no seat any more.</exception>
    public async Task<bool> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        var now = time.GetMoment();
        // Under the row's lock, so that nothing is said between the look and the line.
        var silent = await db.Database.SqlQuery<Row>(
            $"""
            select last_message_at "LastMessageAt" from conversations
              where id = {id} and status = 'Open' and kind <> 'Consultation' and greatest(created_at, last_message_at, reopened_at) <= {now - TimeSpan.FromDays(settings.ArchiveAfterDays)} for update
            """).ToListAsync(cancellationToken);
        if (silent is not [var row])
        {
            return false;
        }

        var ring = await keys.OfConversationAsync(db, id, cancellationToken);
        var message = Guid.CreateVersion7(now);
        var clientMsgId = $"{SystemWords.Archived}-{message}";
        var body = ContentCipher.Seal(ring.Current, SystemWords.Archived, new("messages.body", ring.TenantId, id, message, caller.UserId, 1));
        var seq = await db.Database.SqlQuery<long>(
            $"""
            select seq "Value" from append_messages(array[{caller.OrganizationId}], array[{caller.UserId}], array[{caller.Role.ToString()}], array[{id}], array[{message}], array[{clientMsgId}],
              array['System'], array[{body}], array[null]::uuid[], array[0]::smallint[], array[{SystemWords.Archived.Length}], array[null]::uuid[], array[0]::smallint[], array[null]::bytea[], {now})
            """).SingleAsync(cancellationToken);
        // Its place in the lists, and the years for which it is kept, go by what people said last; and what nobody said is nothing unread.
        await db.Database.ExecuteSqlAsync($"update conversations set status = 'Archived', archived_at = {now}, last_message_at = {row.LastMessageAt}, unsaid = array_append(unsaid, {seq}) where id = {id}", cancellationToken);
        work.Announce(new MessageAppended(new()
        {
            Id = message,
            ConversationId = id,
            Seq = seq,
            ClientMsgId = clientMsgId,
            SenderId = caller.UserId,
            SenderRole = caller.Role,
            Kind = MessageKind.System,
            Text = SystemWords.Archived,
            CreatedAt = now,
        }));
        work.Announce(new ConversationChanged(id, ConversationStatus.Archived));
        return true;
    }

    private sealed record Row(DateTimeOffset? LastMessageAt);
}
