using Colloque.Security;
using Colloque.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Conversations;

/// <summary>Reads part of a conversation in one round trip (<c>read_messages</c>), opens it, and joins receipts and reactions to it.</summary>
internal sealed class MessageReader(ColloqueDatabase database, KeyRing keys, int readers) : IDisposable
{
    // More at once than there are processors only makes each wait for all others: a third of them halves the slowest pages.
    private readonly SemaphoreSlim turns = new(readers);

    private const string Sql = "select * from read_messages($1, $2, $3, $4, $5, $6, $7, $8)";

    internal async Task<ConversationPage> ReadAsync(
        Caller caller, Guid conversationId, char which, long position, Guid one, int most, CancellationToken cancellationToken)
    {
        var ring = await keys.OfConversationAsync(caller, conversationId, cancellationToken);
        var rows = new PageRows(conversationId, ring);
        await turns.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(Sql, connection)
            {
                Parameters =
                {
                    new() { Value = caller.OrganizationId, NpgsqlDbType = NpgsqlDbType.Uuid },
                    new() { Value = caller.UserId, NpgsqlDbType = NpgsqlDbType.Uuid },
                    new() { Value = caller.Role.ToString(), NpgsqlDbType = NpgsqlDbType.Text },
                    new() { Value = conversationId, NpgsqlDbType = NpgsqlDbType.Uuid },
                    new() { Value = which, NpgsqlDbType = NpgsqlDbType.InternalChar },
                    new() { Value = position, NpgsqlDbType = NpgsqlDbType.Bigint },
                    new() { Value = one, NpgsqlDbType = NpgsqlDbType.Uuid },
                    new() { Value = most, NpgsqlDbType = NpgsqlDbType.Integer },
                },
            };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(reader);
            }
        }
        catch (Exception e) when (ColloqueDatabase.IsOutage(e))
        {
            throw Refusal.Unavailable();
        }
        finally
        {
            turns.Release();
        }

        return rows.ToPage();
    }

    public void Dispose() => turns.Dispose();
}

/// <summary>Gathers the four kinds of rows of a page.</summary>
internal sealed class PageRows(Guid conversationId, ConversationKeys keys)
{
    private readonly List<MessageView> messages = [];
    private readonly List<(long Seq, Guid UserId, bool Read, DateTimeOffset At)> receipts = [];
    private readonly Dictionary<long, SortedDictionary<string, List<Guid>>> reactions = [];
    private readonly Dictionary<long, List<FileView>> files = [];
    private ConversationHead head;
    private ConversationStatus? status;

    internal void Add(NpgsqlDataReader row)
    {
        switch (row.GetChar(0))
        {
            case 'c':
                head = new(row.GetInt64(1), row.GetInt64(9));
                status = Enum.Parse<ConversationStatus>(row.GetString(6));
                break;
            case 'm':
                messages.Add(Message(row));
                break;
            case 'r':
                receipts.Add((row.GetInt64(1), row.GetGuid(3), row.GetString(6) == "r", row.GetFieldValue<DateTimeOffset>(10)));
                break;
            case 'f':
                AddFile(row);
                break;
            case 'e':
                AddReactions(row.GetInt64(1), row.GetGuid(2), row.GetGuid(3), row.GetFieldValue<byte[]>(7));
                break;
        }
    }

    internal ConversationPage ToPage()
    {
        if (status is not { } known)
        {
            throw Refusal.NotFound();
        }

        for (var i = 0; i < messages.Count; i++)
        {
            var m = messages[i];
            messages[i] = m with
            {
                DeliveredAt = Covers(m, read: false),
                ReadAt = Covers(m, read: true),
                Files = files.TryGetValue(m.Seq, out var several) && m.DeletedAt is null ? several : m.Files,
                Reactions = reactions.TryGetValue(m.Seq, out var by) && m.DeletedAt is null ? [.. by.Select(static p => new ReactionView(p.Key, p.Value))] : [],
            };
        }

        return new(head, known, messages);
    }

    /// <summary>The first time anyone but the sender had everything up to it.</summary>
    private DateTimeOffset? Covers(MessageView message, bool read)
    {
        DateTimeOffset? first = null;
        foreach (var (seq, userId, isRead, at) in receipts)
        {
            if (isRead == read && seq >= message.Seq && userId != message.SenderId && (first is null || at < first))
            {
                first = at;
            }
        }

        return first;
    }

    private MessageView Message(NpgsqlDataReader row)
    {
        var id = row.GetGuid(2);
        var sender = row.GetGuid(3);
        var version = row.GetInt32(8);
        var body = row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7);
        return new()
        {
            Id = id,
            ConversationId = conversationId,
            Seq = row.GetInt64(1),
            SenderId = sender,
            SenderRole = row.GetString(4) switch
            {
                nameof(Role.Patient) => Role.Patient,
                nameof(Role.Practitioner) => Role.Practitioner,
                _ => Role.Guest,
            },
            ClientMsgId = row.GetString(5),
            Kind = row.GetString(6) switch
            {
                nameof(MessageKind.Text) => MessageKind.Text,
                nameof(MessageKind.File) => MessageKind.File,
                _ => MessageKind.System,
            },
            Version = version,
            Text = body is null ? null : ContentCipher.OpenText(keys.For(body), body, new("messages.body", keys.TenantId, conversationId, id, sender, version)),
            Change = row.GetInt64(9),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(10),
            EditedAt = row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
            DeletedAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
            Files = row.IsDBNull(13) || row.IsDBNull(14) || !row.IsDBNull(12) ? [] : [File(row, sender)],
            ReplyTo = row.IsDBNull(18) ? null : row.GetGuid(18),
            IsUrgent = (row.GetInt16(19) & 1) != 0,
            RequiresResponse = (row.GetInt16(19) & 2) != 0,
            Intent = row.IsDBNull(20) ? null : Intent(row.GetFieldValue<byte[]>(20), id, sender),
            PinnedAt = row.IsDBNull(21) ? null : row.GetFieldValue<DateTimeOffset>(21),
            PinnedBy = row.IsDBNull(22) ? null : row.GetGuid(22),
            AcknowledgedAt = row.IsDBNull(23) ? null : row.GetFieldValue<DateTimeOffset>(23),
            AcknowledgedBy = row.IsDBNull(24) ? null : row.GetGuid(24),
        };
    }

    private string Intent(byte[] details, Guid id, Guid sender) =>
        ContentCipher.OpenText(keys.For(details), details, new("messages.details", keys.TenantId, conversationId, id, sender, 1));

    private void AddFile(NpgsqlDataReader row)
    {
        var seq = row.GetInt64(1);
        (files.TryGetValue(seq, out var known) ? known : files[seq] = []).Add(File(row, row.GetGuid(3)));
    }

    private FileView File(NpgsqlDataReader row, Guid uploader)
    {
        var id = row.GetGuid(13);
        var label = Files.FileLabel.Open(keys, row.GetFieldValue<byte[]>(14), keys.TenantId, conversationId, id, uploader);
        return new(id, label.Name, row.GetString(15), row.GetInt64(16), label.Sha256);
    }

    private void AddReactions(long seq, Guid messageId, Guid userId, byte[] body)
    {
        var emoji = ReactionSeal.Open(keys, body, keys.TenantId, conversationId, messageId, userId);
        var by = reactions.TryGetValue(seq, out var known) ? known : reactions[seq] = new(StringComparer.Ordinal);
        foreach (var e in emoji)
        {
            (by.TryGetValue(e, out var users) ? users : by[e] = []).Add(userId);
        }
    }
}
