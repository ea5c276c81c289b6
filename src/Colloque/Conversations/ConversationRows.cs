using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Reads conversations as lists show them: two queries and the opening of each last message, however many there are.</summary>
public sealed class ConversationRows(ColloqueDb db, KeyRing keys)
{
    private const string Select =
        """
        select id "Id", number "Number", kind "Kind", status "Status", seq "Seq", change "Change", floor_seq "Floor", read_seq "ReadSeq", unread "UnreadCount", created_at "CreatedAt",
          last_message_at "LastMessageAt", message_id "MessageId", message_seq "MessageSeq", sender_id "SenderId", sender_role "SenderRole", client_msg_id "ClientMsgId",
          message_kind "MessageKind", body "Body", version "Version", flags "Flags", file_id "FileId", sent_at "SentAt", deleted_at "DeletedAt", mime_type "MimeType",
          size_bytes "SizeBytes", file_sealed "FileSealed"
        """;

    /// <summary>One conversation.</summary>
    /// <exception cref="Refusal">404 no seat.</exception>
    internal async Task<ConversationView> OneAsync(Guid id, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQueryRaw<Row>(Select + " from inbox({0}, null, null, null, null, null, 1)", id).ToListAsync(cancellationToken);
        return rows.Count == 1 ? (await ToViewsAsync(rows, mayKeep: false, cancellationToken))[0] : throw Refusal.NotFound();
    }

    /// <summary>One conversation by its number, if it is of a kind.</summary>
    /// <exception cref="Refusal">404 no seat, or of another kind.</exception>
    internal async Task<ConversationView> OneAsync(long number, ConversationKind kind, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQueryRaw<Row>(Select + " from inbox(null, {0}, {1}, null, null, null, 1)", number, new[] { kind.ToString() }).ToListAsync(cancellationToken);
        return rows.Count == 1 ? (await ToViewsAsync(rows, mayKeep: true, cancellationToken))[0] : throw Refusal.NotFound();
    }

    /// <summary>The caller's own, newest message first, from after a position on; of consultations those in which something was said.</summary>
    internal async Task<IReadOnlyList<ConversationView>> ManyAsync(string[] kinds, string[] statuses, DateTimeOffset before, Guid beforeId, int most, CancellationToken cancellationToken) =>
        await ToViewsAsync(
            await db.Database.SqlQueryRaw<Row>(Select + " from inbox(null, null, {0}, {1}, {2}, {3}, {4})", kinds, statuses, before, beforeId, most).ToListAsync(cancellationToken),
            mayKeep: true, cancellationToken);

    /// <summary>Everybody who is or was in conversations of the caller's. One query.</summary>
    private async Task<ILookup<Guid, ConversationPerson>> PeopleAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<PersonRow>(
            $"""
            select conversation_id "ConversationId", user_id "UserId", number "Number", role "Role", name "Name", title "Title", joined_at "JoinedAt", left_at "LeftAt"
              from conversation_people({ids}) order by joined_at, user_id
            """).ToListAsync(cancellationToken);
        return rows.ToLookup(static p => p.ConversationId, static p => new ConversationPerson(p.UserId, p.Number, p.Role, p.Name, p.Title, p.JoinedAt, p.LeftAt));
    }

    private async Task<List<ConversationView>> ToViewsAsync(List<Row> rows, bool mayKeep, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. rows.Select(static r => r.Id)];
        var people = await PeopleAsync(ids, cancellationToken);
        var rings = await keys.OfConversationsAsync(db, ids, cancellationToken, mayKeep);
        return rows.ConvertAll(r => new ConversationView(
            r.Id, r.Number, Enum.Parse<ConversationKind>(r.Kind), Enum.Parse<ConversationStatus>(r.Status), new(r.Seq, r.Change), r.Floor, r.ReadSeq, r.UnreadCount, r.CreatedAt, r.LastMessageAt,
            [.. people[r.Id]],
            rings.TryGetValue(r.Id, out var ring) ? Last(r, ring) : null));
    }

    private static MessageView? Last(Row r, ConversationKeys ring)
    {
        if (r.MessageId is not { } id || r.SenderId is not { } sender || r.SentAt is not { } at)
        {
            return null;
        }

        return new()
        {
            Id = id,
            ConversationId = r.Id,
            Seq = r.MessageSeq ?? 0,
            Version = r.Version ?? 1,
            ClientMsgId = r.ClientMsgId ?? "",
            SenderId = sender,
            SenderRole = Enum.Parse<Role>(r.SenderRole ?? nameof(Role.Guest)),
            Kind = Enum.Parse<MessageKind>(r.MessageKind ?? nameof(MessageKind.Text)),
            Text = r.Body is { } body && r.DeletedAt is null ? ContentCipher.OpenText(ring.For(body), body, new("messages.body", ring.TenantId, r.Id, id, sender, r.Version ?? 1)) : null,
            Files = r.DeletedAt is null ? Files(r, ring, sender) : [],
            IsUrgent = ((r.Flags ?? 0) & 1) != 0,
            RequiresResponse = ((r.Flags ?? 0) & 2) != 0,
            CreatedAt = at,
            DeletedAt = r.DeletedAt,
        };
    }

    private static FileView[] Files(Row r, ConversationKeys ring, Guid sender)
    {
        if (r.FileId is not { } id || r.FileSealed is not { } record)
        {
            return [];
        }

        var label = Colloque.Files.FileLabel.Open(ring, record, ring.TenantId, r.Id, id, sender);
        return [new(id, label.Name, r.MimeType ?? "", r.SizeBytes ?? 0, label.Sha256)];
    }

    private sealed record Row(
        Guid Id, long Number, string Kind, string Status, long Seq, long Change, long Floor, long ReadSeq, int UnreadCount, DateTimeOffset CreatedAt, DateTimeOffset? LastMessageAt,
        Guid? MessageId, long? MessageSeq, Guid? SenderId, string? SenderRole, string? ClientMsgId, string? MessageKind, byte[]? Body, int? Version, short? Flags, Guid? FileId,
        DateTimeOffset? SentAt, DateTimeOffset? DeletedAt, string? MimeType, long? SizeBytes, byte[]? FileSealed);

    private sealed record PersonRow(Guid ConversationId, Guid UserId, long? Number, string Role, string Name, string? Title, DateTimeOffset JoinedAt, DateTimeOffset? LeftAt);
}
