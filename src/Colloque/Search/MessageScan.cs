using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Search;

/// <summary>
/// Messages of many conversations, newest first over all of them, some hundred at a time: what is held is bounded however much there is. Speaks Npgsql as
/// <c>MessageReader</c> does: two hundred thousand rows a search.
/// </summary>
internal sealed class MessageScan(ColloqueDatabase database, KeyRing keys, Caller caller, SearchQuery query)
{
    private const string Sql = "select * from scan_messages($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    /// <summary>Conversations of one round trip, and of each how many messages at first: the newest of most are all that is looked at.</summary>
    private const int Together = 64;
    private const int First = 16;
    private const int Then = 1_000;

    private readonly Dictionary<Guid, Queue<Row>> rows = [];
    private readonly PriorityQueue<Guid, (long At, Guid ConversationId)> newest = new(Comparer<(long At, Guid ConversationId)>.Create(static (a, b) => b.CompareTo(a)));

    /// <summary>The messages, opened.</summary>
    internal async IAsyncEnumerable<MessageView> RunAsync(IReadOnlyList<Guid> conversations, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in conversations.Chunk(Together))
        {
            await FetchAsync(some, [.. some.Select(static _ => long.MaxValue)], First, cancellationToken);
        }

        while (newest.TryDequeue(out var conversation, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var here = rows[conversation];
            var row = here.Dequeue();
            if (here.Count > 0)
            {
                newest.Enqueue(conversation, here.Peek().Order);
            }
            else if (row.Seq > 1)
            {
                await FetchAsync([conversation], [row.Seq], Then, cancellationToken);
            }

            yield return Open(row, await keys.OfConversationAsync(caller, conversation, cancellationToken));
        }
    }

    private async Task FetchAsync(Guid[] conversations, long[] below, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters =
            {
                new() { Value = caller.OrganizationId, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = caller.UserId, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = caller.Role.ToString(), NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = conversations, NpgsqlDbType = NpgsqlDbType.Uuid | NpgsqlDbType.Array },
                new() { Value = below, NpgsqlDbType = NpgsqlDbType.Bigint | NpgsqlDbType.Array },
                new() { Value = most, NpgsqlDbType = NpgsqlDbType.Integer },
                new() { Value = (object?)(query.After?.At < query.Until ? query.After?.At : query.Until ?? query.After?.At)?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = (object?)query.From ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = query.HasFile, NpgsqlDbType = NpgsqlDbType.Boolean },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var came = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = Row.Read(reader);
            (rows.TryGetValue(row.ConversationId, out var here) ? here : rows[row.ConversationId] = new()).Enqueue(row);
            if (came.Add(row.ConversationId))
            {
                newest.Enqueue(row.ConversationId, row.Order);
            }
        }
    }

    private static MessageView Open(Row row, ConversationKeys ring) => new()
    {
        Id = row.Id,
        ConversationId = row.ConversationId,
        Seq = row.Seq,
        ClientMsgId = row.ClientMsgId,
        SenderId = row.SenderId,
        SenderRole = Enum.Parse<Role>(row.SenderRole),
        Kind = row.Kind == nameof(MessageKind.Text) ? MessageKind.Text : MessageKind.File,
        Version = row.Version,
        Text = row.Body is null ? null : ContentCipher.OpenText(ring.For(row.Body), row.Body, new("messages.body", ring.TenantId, row.ConversationId, row.Id, row.SenderId, row.Version)),
        Files = row.Files(ring),
        IsUrgent = (row.Flags & 1) != 0,
        RequiresResponse = (row.Flags & 2) != 0,
        CreatedAt = row.CreatedAt,
        EditedAt = row.EditedAt,
    };

    private sealed record Row(
        Guid ConversationId, long Seq, Guid Id, Guid SenderId, string SenderRole, string ClientMsgId, string Kind, byte[]? Body, int Version, short Flags,
        DateTimeOffset CreatedAt, DateTimeOffset? EditedAt, Guid[] FileIds, byte[][] FileSeals, string[] FileTypes, long[] FileSizes)
    {
        internal (long At, Guid ConversationId) Order => (CreatedAt.UtcTicks, ConversationId);

        internal static Row Read(NpgsqlDataReader row) => new(
            row.GetGuid(0), row.GetInt64(1), row.GetGuid(2), row.GetGuid(3), row.GetString(4), row.GetString(5), row.GetString(6), row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7),
            row.GetInt32(8), row.GetInt16(9), row.GetFieldValue<DateTimeOffset>(10), row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
            row.IsDBNull(12) ? [] : row.GetFieldValue<Guid[]>(12), row.IsDBNull(12) ? [] : row.GetFieldValue<byte[][]>(13), row.IsDBNull(12) ? [] : row.GetFieldValue<string[]>(14),
            row.IsDBNull(12) ? [] : row.GetFieldValue<long[]>(15));

        internal FileView[] Files(ConversationKeys ring)
        {
            var files = new FileView[FileIds.Length];
            for (var i = 0; i < files.Length; i++)
            {
                var label = FileLabel.Open(ring, FileSeals[i], ring.TenantId, ConversationId, FileIds[i], SenderId);
                files[i] = new(FileIds[i], label.Name, FileTypes[i], FileSizes[i], label.Sha256);
            }

            return files;
        }
    }
}
