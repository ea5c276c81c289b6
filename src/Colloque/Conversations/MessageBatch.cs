using System.Diagnostics;
using Colloque.Security;
using Colloque.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Conversations;

/// <summary>
/// One round trip, one transaction: all appends, watermarks and heads of a batch (see <c>0007_message_log.sql</c>).
/// With <see cref="MessageReader"/> the only place outside Storage that speaks Npgsql, because every microsecond counts here.
/// </summary>
internal sealed class MessageBatch(ColloqueDatabase database, IAnnouncer announcer, TimeProvider time) : IAsyncDisposable
{
    private const string AppendSql = "select * from append_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    private const string ReceiptSql = "select * from advance_receipts($1, $2, $3, $4, $5, $6, $7)";
    private const string HeadSql = "select * from conversation_heads($1, $2, $3, $4)";

    private NpgsqlConnection? connection;

    /// <summary>Commits the entries; what is returned gives their answers and announces.</summary>
    internal async Task<Action> ExecuteAsync(List<LogEntry> entries)
    {
        var appends = entries.OfType<AppendEntry>().ToArray();
        var receipts = entries.OfType<ReceiptEntry>().ToArray();
        var heads = entries.OfType<HeadEntry>().ToArray();
        var now = time.GetMoment();
        var answers = new List<Action>(entries.Count);
        try
        {
            connection ??= await database.Source.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection);
            Add(batch, appends, now);
            Add(batch, receipts, now);
            Add(batch, heads);
            await using var reader = await batch.ExecuteReaderAsync();
            await ReadAsync(reader, appends, a => answers.Add(Appended(a, reader)));
            await ReadAsync(reader, receipts, r => answers.Add(Advanced(r, reader)));
            await ReadAsync(reader, heads, h => answers.Add(Head(h, reader)));
            // The reader's end is the commit's answer: nothing is acked before it.
            await reader.CloseAsync();
        }
        catch
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
                connection = null;
            }

            throw;
        }

        return () => answers.ForEach(static a => a());
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private static async Task ReadAsync<T>(NpgsqlDataReader reader, T[] entries, Action<T> row)
    {
        if (entries.Length == 0)
        {
            return;
        }

        while (await reader.ReadAsync())
        {
            row(entries[reader.GetInt32(0) - 1]);
        }

        await reader.NextResultAsync();
    }

    private static NpgsqlBatchCommand Command(string sql, IReadOnlyList<LogEntry> entries) => new(sql)
    {
        Parameters =
        {
            Array(entries, NpgsqlDbType.Uuid, static e => e.Caller.OrganizationId),
            Array(entries, NpgsqlDbType.Uuid, static e => e.Caller.UserId),
            Array(entries, NpgsqlDbType.Text, static e => RoleWord(e.Caller.Role)),
            Array(entries, NpgsqlDbType.Uuid, static e => e.ConversationId),
        },
    };

    private static void Add(NpgsqlBatch batch, AppendEntry[] entries, DateTimeOffset now)
    {
        if (entries.Length == 0)
        {
            return;
        }

        var command = Command(AppendSql, entries);
        command.Parameters.Add(Array(entries, NpgsqlDbType.Uuid, static e => e.Draft.Id));
        command.Parameters.Add(Array(entries, NpgsqlDbType.Text, static e => e.Draft.ClientMsgId));
        command.Parameters.Add(Array(entries, NpgsqlDbType.Text, static e => KindWord(e.Draft.Kind)));
        command.Parameters.Add(Array(entries, NpgsqlDbType.Bytea, static e => e.Body));
        command.Parameters.Add(Array(entries, NpgsqlDbType.Uuid, static e => e.Draft.Files is [var first, ..] ? first.Id : (Guid?)null));
        command.Parameters.Add(Array(entries, NpgsqlDbType.Smallint, static e => (short)e.Draft.Files.Count));
        command.Parameters.Add(Array(entries, NpgsqlDbType.Integer, static e => e.Draft.Text?.Length ?? 0));
        command.Parameters.Add(Array(entries, NpgsqlDbType.Uuid, static e => e.Draft.ReplyTo));
        command.Parameters.Add(Array(entries, NpgsqlDbType.Smallint, static e => e.Draft.Flags));
        command.Parameters.Add(Array(entries, NpgsqlDbType.Bytea, static e => e.Details));
        command.Parameters.Add(new() { Value = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        batch.BatchCommands.Add(command);
    }

    private static void Add(NpgsqlBatch batch, ReceiptEntry[] entries, DateTimeOffset now)
    {
        if (entries.Length == 0)
        {
            return;
        }

        var command = Command(ReceiptSql, entries);
        command.Parameters.Add(Array(entries, NpgsqlDbType.Uuid, static e => e.MessageId));
        command.Parameters.Add(Array(entries, NpgsqlDbType.InternalChar, static e => e.Kind == ReceiptKind.Read ? 'r' : 'd'));
        command.Parameters.Add(new() { Value = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        batch.BatchCommands.Add(command);
    }

    private static void Add(NpgsqlBatch batch, HeadEntry[] entries)
    {
        if (entries.Length > 0)
        {
            batch.BatchCommands.Add(Command(HeadSql, entries));
        }
    }

    private static NpgsqlParameter Array<TEntry, T>(IReadOnlyList<TEntry> entries, NpgsqlDbType type, Func<TEntry, T> of)
    {
        var values = new T[entries.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = of(entries[i]);
        }

        return new() { Value = values, NpgsqlDbType = type | NpgsqlDbType.Array };
    }

    private static string RoleWord(Role role) => role == Role.Patient ? nameof(Role.Patient) : role == Role.Practitioner ? nameof(Role.Practitioner) : role.ToString();

    private static string KindWord(MessageKind kind) => kind switch
    {
        MessageKind.Text => nameof(MessageKind.Text),
        MessageKind.File => nameof(MessageKind.File),
        _ => nameof(MessageKind.System),
    };

    private Action Appended(AppendEntry entry, NpgsqlDataReader row)
    {
        switch (row.GetChar(1))
        {
            case 'a':
                return Announced(entry, row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(9));
            case 'r' when row.GetGuid(2) == entry.Draft.Id:
                // Committed just before the connection broke: the first try was not announced.
                return Announced(entry, row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(9));
            case 'r':
                return Repeated(entry, row);
            case 'x':
                return () => entry.Fail(ConversationRefusals.ClientMsgIdReused());
            case 'c':
                return () => entry.Fail(ConversationRefusals.Closed());
            case 'z':
                return () => entry.Fail(ConversationRefusals.Archived());
            case 'l':
                return () => entry.Fail(Refusal.Invalid("text", "too_long"));
            case 'p':
                return () => entry.Fail(ConversationRefusals.NoSuchReply());
            case 'n':
                return () => entry.Fail(Refusal.NotFound());
            default:
                throw new UnreachableException();
        }
    }

    private Action Announced(AppendEntry entry, long seq, DateTimeOffset createdAt)
    {
        var view = View(entry, seq, createdAt);
        return () =>
        {
            announcer.Announce(new MessageAppended(view));
            entry.Complete(view);
        };
    }

    private static MessageView View(AppendEntry entry, long seq, DateTimeOffset createdAt) => new()
    {
        Id = entry.Draft.Id,
        ConversationId = entry.ConversationId,
        Seq = seq,
        ClientMsgId = entry.Draft.ClientMsgId,
        SenderId = entry.Caller.UserId,
        SenderRole = entry.Caller.Role,
        Kind = entry.Draft.Kind,
        Text = entry.Draft.Text,
        Files = entry.Draft.Files,
        ReplyTo = entry.Draft.ReplyTo,
        IsUrgent = entry.Draft.IsUrgent,
        RequiresResponse = entry.Draft.RequiresResponse,
        Intent = entry.Draft.Intent,
        CreatedAt = createdAt,
    };

    /// <summary>The same client id again: the first message if it says the same, else a conflict.</summary>
    private static Action Repeated(AppendEntry entry, NpgsqlDataReader row)
    {
        var id = row.GetGuid(2);
        var version = row.GetInt32(6);
        var kind = Enum.Parse<MessageKind>(row.GetString(4));
        var body = row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5);
        Guid? file = row.IsDBNull(7) ? null : row.GetGuid(7);
        DateTimeOffset? editedAt = row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10);
        DateTimeOffset? deletedAt = row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11);
        var text = body is null
            ? null
            : ContentCipher.OpenText(entry.Keys.For(body), body, new("messages.body", entry.Keys.TenantId, entry.ConversationId, id, entry.Caller.UserId, version));
        var first = View(entry, row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(9)) with
        {
            Id = id, Version = version, Text = text, Change = row.GetInt64(8), EditedAt = editedAt, DeletedAt = deletedAt,
        };
        // Edited or deleted since: the sender's repeat is still the first message's.
        var same = kind == entry.Draft.Kind && file == (entry.Draft.Files is [var sent, ..] ? sent.Id : null) && (version > 1 || deletedAt is not null || text == entry.Draft.Text);
        return same ? () => entry.Complete(first) : () => entry.Fail(ConversationRefusals.ClientMsgIdReused());
    }

    private Action Advanced(ReceiptEntry entry, NpgsqlDataReader row)
    {
        switch (row.GetChar(1))
        {
            case 'a':
                var advanced = new ReceiptAdvanced(entry.ConversationId, entry.MessageId, row.GetInt64(2), entry.Caller.UserId, entry.Kind, row.GetFieldValue<DateTimeOffset>(3));
                return () =>
                {
                    announcer.Announce(advanced);
                    entry.Complete(advanced);
                };
            case 'k':
                return () => entry.Complete(null);
            case 'o':
                return () => entry.Fail(ConversationRefusals.OwnMessage());
            case 'n':
                return () => entry.Fail(Refusal.NotFound());
            default:
                throw new UnreachableException();
        }
    }

    private static Action Head(HeadEntry entry, NpgsqlDataReader row)
    {
        if (row.IsDBNull(1))
        {
            return () => entry.Fail(Refusal.NotFound());
        }

        var head = new ConversationHead(row.GetInt64(1), row.GetInt64(2));
        return () => entry.Arrive(head);
    }
}
