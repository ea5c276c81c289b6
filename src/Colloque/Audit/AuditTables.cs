using System.Globalization;
using System.Net;

namespace Colloque.Audit;

/// <summary>
/// The tables of the audit as text in PostgreSQL's COPY format: what a plain dump holds, and what a live database gives when asked. Whoever
/// could write there may have written anything, so nothing in it is believed before it is verified, and nothing in it stops the reading.
/// </summary>
public sealed class AuditTables
{
    /// <summary>The tables and the columns that are read of them.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Columns = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["audit_entries"] =
        [
            "id", "tenant_id", "at", "actor_id", "actor_role", "action", "attempted", "resource", "resource_id", "subject_id", "clinical", "ip", "user_agent", "request_id",
            "outcome", "code", "sign_in_id",
        ],
        ["audit_seals"] = ["chain", "seq", "number", "entry_id", "previous", "link", "sealed_at", "key_id", "signature"],
        ["audit_checkpoints"] = ["number", "body", "key_id", "signature"],
        ["audit_pending"] = ["entry_id"],
    };

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>Rows by their id; null for one that this program cannot have written.</summary>
    internal Dictionary<Guid, AuditEntry?> Entries { get; } = [];

    internal List<AuditSeal> Seals { get; } = [];

    internal List<AuditCheckpoint> Checkpoints { get; } = [];

    /// <summary>Rows that waited for the sealer.</summary>
    internal HashSet<Guid> Pending { get; } = [];

    /// <summary>Rows of any table that cannot be read, as they are.</summary>
    internal List<string> Unreadable { get; } = [];

    /// <summary>Tables that were not there.</summary>
    public IEnumerable<string> Missing => Columns.Keys.Where(table => !seen.Contains(table));

    /// <summary>Reads a plain dump: each COPY of a table of the audit, and nothing else.</summary>
    public async Task ReadDumpAsync(TextReader dump, CancellationToken cancellationToken)
    {
        while (await dump.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Header(line) is var (table, columns))
            {
                await ReadCopyAsync(table, columns, dump, cancellationToken);
            }
        }
    }

    /// <summary>Reads the rows of one COPY, to its end.</summary>
    /// <param name="table">Of <see cref="Columns"/>.</param>
    /// <param name="columns">In the order of the rows.</param>
    /// <param name="rows">A line each.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task ReadCopyAsync(string table, string[] columns, TextReader rows, CancellationToken cancellationToken)
    {
        seen.Add(table);
        var places = Columns[table].Select(c => Array.IndexOf(columns, c)).ToArray();
        while (await rows.ReadLineAsync(cancellationToken) is { } line && line != @"\.")
        {
            try
            {
                var values = line.Split('\t');
                Add(table, [.. places.Select(p => CopyText.Unescape(values[p]))]);
            }
            catch (Exception e) when (e is FormatException or IndexOutOfRangeException or OverflowException or ArgumentException)
            {
                Unreadable.Add($"{table}: {line.Split('\t')[0]}");
            }
        }
    }

    private static (string Table, string[] Columns)? Header(string line)
    {
        const string begin = "COPY public.";
        var open = line.IndexOf(" (", StringComparison.Ordinal);
        if (!line.StartsWith(begin, StringComparison.Ordinal) || open < 0 || !line.EndsWith(") FROM stdin;", StringComparison.Ordinal))
        {
            return null;
        }

        var table = line[begin.Length..open];
        return Columns.ContainsKey(table) ? (table, line[(open + 2)..line.LastIndexOf(')')].Split(", ")) : null;
    }

    private void Add(string table, string?[] v)
    {
        switch (table)
        {
            case "audit_entries":
                var id = CopyText.Id(v[0]);
                Entries[id] = AuditWords.Entry(
                    id, CopyText.IdOrNull(v[1]), CopyText.Time(v[2]), CopyText.IdOrNull(v[3]), v[4], v[5]!, v[6], v[7]!, CopyText.IdOrNull(v[8]), CopyText.IdOrNull(v[9]), v[10] == "t",
                    v[11] is { } ip ? IPAddress.Parse(ip) : null, v[12], v[13], v[14]!, v[15], CopyText.IdOrNull(v[16]));
                break;
            case "audit_seals":
                Seals.Add(new(
                    CopyText.Id(v[0]), CopyText.Number(v[1]), CopyText.Number(v[2]), CopyText.Id(v[3]), CopyText.Bytes(v[4]), CopyText.Bytes(v[5]), CopyText.Time(v[6]), v[7]!,
                    CopyText.Bytes(v[8])));
                break;
            case "audit_checkpoints":
                Checkpoints.Add(new(CopyText.Number(v[0]), v[1]!, v[2]!, CopyText.Bytes(v[3])));
                break;
            default:
                Pending.Add(CopyText.Id(v[0]));
                break;
        }
    }
}

/// <summary>Values of PostgreSQL's COPY text format.</summary>
internal static class CopyText
{
    /// <summary>A value without its escapes; null for <c>\N</c>.</summary>
    internal static string? Unescape(string value)
    {
        if (value == @"\N")
        {
            return null;
        }

        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new System.Text.StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            text.Append(value[i] != '\\' || ++i == value.Length ? value[i < value.Length ? i : i - 1] : value[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                var other => other,
            });
        }

        return text.ToString();
    }

    internal static Guid Id(string? value) => Guid.ParseExact(value!, "D");

    internal static Guid? IdOrNull(string? value) => value is null ? null : Id(value);

    internal static long Number(string? value) => long.Parse(value!, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>ISO, with an offset of hours or hours and minutes, as every session's DateStyle of a dump is.</summary>
    internal static DateTimeOffset Time(string? value) => DateTimeOffset.Parse(value!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime();

    internal static byte[] Bytes(string? value) =>
        value is not null && value.StartsWith(@"\x", StringComparison.Ordinal) ? Convert.FromHexString(value.AsSpan(2)) : throw new FormatException("Not a bytea.");
}
