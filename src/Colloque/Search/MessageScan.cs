using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Search;

/// <summary>What of a message is searched.</summary>
internal readonly record struct ScannedMessage(Guid ConversationId, long Seq, Guid Id, DateTimeOffset CreatedAt, string? Text, IReadOnlyList<string> FileNames);

/// <summary>
/// Messages of many conversations, newest first over all of them. Of each some are held, and others are fetched while those are looked at, for several conversations in one round trip:
/// memory and round trips are bounded however much was said. Speaks Npgsql as <c>MessageReader</c> does: two hundred thousand rows a search.
/// </summary>
internal sealed class MessageScan(ColloqueDatabase database, KeyRing keys, Caller caller, SearchQuery query)
{
    private const string Sql = "select * from scan_messages($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    /// <summary>Conversations of one round trip, messages of each at first (most searches end among the newest), and messages held in all.</summary>
    private const int Together = 64;
    private const int First = 16;
    private const int Held = 30_000;

    private readonly PriorityQueue<Lane, (long At, Guid Id)> newest = new(Comparer<(long At, Guid Id)>.Create(static (a, b) => b.CompareTo(a)));
    private Lane[] lanes = [];
    private Task<List<Row>>? fetching;
    private Lane[] fetched = [];
    private int then;
    private int held;

    /// <summary>The messages, opened.</summary>
    internal async IAsyncEnumerable<ScannedMessage> RunAsync(IReadOnlyList<Guid> conversations, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        lanes = [.. conversations.Select(static c => new Lane(c))];
        then = Math.Clamp(Held / Math.Max(1, lanes.Length), 50, 2_000);
        foreach (var some in lanes.Chunk(Together))
        {
            Take(some, await FetchAsync(some, First, cancellationToken), First);
        }

        while (newest.TryDequeue(out var lane, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = lane.Rows.Dequeue();
            held--;
            await RefillAsync(lane, cancellationToken);
            if (lane.Rows.Count > 0)
            {
                newest.Enqueue(lane, lane.Order);
            }

            yield return Open(lane, row, lane.Ring ??= await keys.OfConversationAsync(caller, lane.Id, cancellationToken));
        }
    }

    /// <summary>Keeps one fetch under way as long as there is room, and waits for it where its messages are needed now.</summary>
    private async ValueTask RefillAsync(Lane lane, CancellationToken cancellationToken)
    {
        bool isNeeded;
        do
        {
            isNeeded = lane is { IsDone: false, Rows.Count: 0 };
            if (fetching is not null && (isNeeded || fetching.IsCompleted))
            {
                Take(fetched, await fetching, then);
                fetching = null;
                isNeeded = lane is { IsDone: false, Rows.Count: 0 };
            }

            if (fetching is null && (isNeeded || held + (Math.Min(Together, lanes.Length) * then) <= Held))
            {
                // Those that are soon at their end, so that nobody ever waits for many at once.
                fetched = [.. lanes.Where(static l => !l.IsDone).OrderBy(static l => l.Rows.Count).Take(Together)];
                fetching = fetched.Length == 0 ? null : FetchAsync(fetched, then, cancellationToken);
            }
        }
        while (isNeeded);
    }

    private void Take(Lane[] some, List<Row> rows, int asked)
    {
        Span<int> before = stackalloc int[Together];
        for (var i = 0; i < some.Length; i++)
        {
            before[i] = some[i].Rows.Count;
        }

        foreach (var row in rows)
        {
            var lane = some[row.Ord - 1];
            lane.Rows.Enqueue(row);
            held++;
            if (lane.Rows.Count == 1 && lane.IsNew)
            {
                newest.Enqueue(lane, lane.Order);
            }

            lane.IsNew = false;
            lane.Lowest = row.Seq;
        }

        for (var i = 0; i < some.Length; i++)
        {
            some[i].IsDone = some[i].Rows.Count - before[i] < asked || some[i].Lowest == 1;
        }
    }

    private async Task<List<Row>> FetchAsync(Lane[] some, int most, CancellationToken cancellationToken)
    {
        var until = query.After is { } after && !(query.Until < after.At) ? after.At : query.Until;
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters =
            {
                new() { Value = caller.OrganizationId, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = caller.UserId, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = caller.Role.ToString(), NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = Array.ConvertAll(some, static l => l.Id), NpgsqlDbType = NpgsqlDbType.Uuid | NpgsqlDbType.Array },
                new() { Value = Array.ConvertAll(some, static l => l.Lowest), NpgsqlDbType = NpgsqlDbType.Bigint | NpgsqlDbType.Array },
                new() { Value = most, NpgsqlDbType = NpgsqlDbType.Integer },
                new() { Value = (object?)until?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = (object?)query.From ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = query.HasFile, NpgsqlDbType = NpgsqlDbType.Boolean },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Row>(some.Length * most);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Row.Read(reader));
        }

        return rows;
    }

    private static ScannedMessage Open(Lane lane, in Row row, ConversationKeys ring) => new(
        lane.Id, row.Seq, row.Id, row.CreatedAt,
        row.Body is null ? null : ContentCipher.OpenText(ring.For(row.Body), row.Body, new("messages.body", ring.TenantId, lane.Id, row.Id, row.SenderId, row.Version)),
        row.FileIds is null ? [] : row.Names(lane.Id, ring));

    /// <summary>A conversation, and its messages that are held.</summary>
    private sealed class Lane(Guid id)
    {
        internal Guid Id => id;

        internal Queue<Row> Rows { get; } = new();

        internal ConversationKeys? Ring { get; set; }

        /// <summary>Its oldest message that was fetched.</summary>
        internal long Lowest { get; set; } = long.MaxValue;

        internal bool IsNew { get; set; } = true;

        internal bool IsDone { get; set; }

        internal (long At, Guid Id) Order => (Rows.Peek().CreatedAt.UtcTicks, id);
    }

    private readonly record struct Row(int Ord, long Seq, Guid Id, Guid SenderId, byte[]? Body, int Version, DateTimeOffset CreatedAt, Guid[]? FileIds, byte[][]? FileSeals)
    {
        internal static Row Read(NpgsqlDataReader row) => new(
            row.GetInt32(0), row.GetInt64(1), row.GetGuid(2), row.GetGuid(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4), row.GetInt32(5),
            row.GetFieldValue<DateTimeOffset>(6), row.IsDBNull(7) ? null : row.GetFieldValue<Guid[]>(7), row.IsDBNull(8) ? null : row.GetFieldValue<byte[][]>(8));

        internal string[] Names(Guid conversationId, ConversationKeys ring)
        {
            var names = new string[FileIds!.Length];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = FileLabel.Open(ring, FileSeals![i], ring.TenantId, conversationId, FileIds[i], SenderId).Name;
            }

            return names;
        }
    }
}
