using System.Reflection;
using System.Text.RegularExpressions;
using Npgsql;

namespace Colloque.Storage;

/// <summary>One numbered SQL file, applied once and never changed afterwards.</summary>
/// <param name="Name"><c>NNNN_name</c>; the number gives the order.</param>
/// <param name="Sql">The text with LF line ends, so that its checksum is the same on every checkout.</param>
public sealed partial record Migration(string Name, string Sql)
{
    /// <summary>First line of a file that must run as the login itself (CREATE EXTENSION, grants on the database) and not as the owner.</summary>
    internal const string SetupMark = "-- as: setup";

    private const string Folder = ".Storage.Migrations.";

    /// <summary>The product's own migrations, in order.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } = FromResources(typeof(Migration).Assembly);

    /// <summary>True when the file runs as the login that migrates.</summary>
    public bool RunsAsLogin => Sql.StartsWith(SetupMark + "\n", StringComparison.Ordinal);

    /// <summary>Reads a migration.</summary>
    /// <exception cref="ArgumentException">The name is not <c>NNNN_name</c>.</exception>
    public static Migration Create(string name, string sql) =>
        NamePattern().IsMatch(name)
            ? new Migration(name, sql.ReplaceLineEndings("\n"))
            : throw new ArgumentException($"A migration is named NNNN_name, not '{name}'.", nameof(name));

    /// <summary>Applies the file and records it, or leaves the database as it was.</summary>
    /// <exception cref="StartRefusedException">The file failed; the message says where.</exception>
    internal async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            if (!RunsAsLogin)
                await DatabaseRoles.ExecuteAsync(connection, $"set local role {DatabaseRoles.Owner}", cancellationToken);
            await ExecuteWholeAsync(connection, cancellationToken);
            await MigrationLedger.RecordAsync(connection, this, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException e)
        {
            throw new StartRefusedException($"Migration {Name} failed{Place(e)} and was rolled back: {e.SqlState} {e.MessageText}", e);
        }
    }

    /// <summary>
    /// Lets the server take the file apart: Npgsql would split it at semicolons, and does not know every place where one belongs to a
    /// statement (BEGIN ATOMIC).
    /// </summary>
    private async Task ExecuteWholeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            // Seconds; 0 waits as long as the migration takes.
            Timeout = 0,
            BatchCommands =
            {
                new("select set_config('colloque.migration', $1, true)") { Parameters = { new() { Value = Sql } } },
                new("do $$ begin execute current_setting('colloque.migration'); end $$"),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private string Place(PostgresException e) =>
        e.InternalQuery == Sql && e.InternalPosition > 0
            ? $" in line {Sql.AsSpan(0, Math.Min(e.InternalPosition - 1, Sql.Length)).Count('\n') + 1}"
            : "";

    private static List<Migration> FromResources(Assembly assembly)
    {
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            var start = resource.IndexOf(Folder, StringComparison.Ordinal);
            if (start < 0 || !resource.EndsWith(".sql", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            migrations.Add(Create(resource[(start + Folder.Length)..^".sql".Length], reader.ReadToEnd()));
        }

        return migrations;
    }

    [GeneratedRegex("^[0-9]{4}_[a-z0-9_]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
