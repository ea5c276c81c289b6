using Npgsql;

namespace Colloque.Storage;

/// <summary>The table <c>meta.migrations</c>: which files this database has seen, and the SHA-256 of each as it was then.</summary>
internal static class MigrationLedger
{
    private const string Create = $"""
        create schema meta authorization {DatabaseRoles.Owner};
        set local role {DatabaseRoles.Owner};
        create table meta.migrations (
            name text primary key,
            sha256 bytea not null check (length(sha256) = 32),
            applied_at timestamptz not null default now()
        );
        alter table meta.migrations enable row level security, force row level security;
        create policy owner_only on meta.migrations to {DatabaseRoles.Owner} using (true) with check (true)
        """;

    public static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('meta.migrations') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
            return;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var grant = new NpgsqlCommand("select format('grant connect, create on database %I to " + DatabaseRoles.Owner + "; grant connect on database %1$I to " + DatabaseRoles.Runtime + "', current_database())", connection))
            await DatabaseRoles.ExecuteAsync(connection, (string)(await grant.ExecuteScalarAsync(cancellationToken))!, cancellationToken);
        await DatabaseRoles.ExecuteAsync(connection, Create, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What is still to do, after refusing a history this program did not write.</summary>
    public static async Task<IReadOnlyList<Migration>> PendingAsync(
        NpgsqlConnection connection, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(connection, migrations, cancellationToken);
        var known = migrations.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        if (applied.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new StartRefusedException($"The database is newer than this program: it has the migration {unknown}, which this program does not know. Start the newer program.");
        if (applied.FirstOrDefault(row => !row.Value).Key is { } changed)
            throw new StartRefusedException($"Migration {changed} is not the one this database was made with: its checksum differs. A migration is never edited; write a new one.");
        var pending = migrations.Where(m => !applied.ContainsKey(m.Name)).ToList();
        var last = applied.Keys.Max(StringComparer.Ordinal);
        if (pending.Find(m => string.CompareOrdinal(m.Name, last) < 0) is { } late)
            throw new StartRefusedException($"Migration {late.Name} comes too late: the database already has {last}. Give it the next number.");
        return pending;
    }

    public static async Task RecordAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await DatabaseRoles.ExecuteAsync(connection, $"set local role {DatabaseRoles.Owner}", cancellationToken);
        await using var command = new NpgsqlCommand("insert into meta.migrations (name, sha256) values ($1, sha256(convert_to($2, 'UTF8')))", connection)
        {
            Parameters = { new() { Value = migration.Name }, new() { Value = migration.Sql } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Recorded names, each with whether its checksum is still that of the program's file. The database does the hashing.</summary>
    private static async Task<Dictionary<string, bool>> AppliedAsync(
        NpgsqlConnection connection, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await DatabaseRoles.ExecuteAsync(connection, $"set local role {DatabaseRoles.Owner}", cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            select m.name, coalesce(m.sha256 = sha256(convert_to(f.sql, 'UTF8')), false)
            from meta.migrations m left join unnest($1, $2) as f(name, sql) using (name)
            order by m.name
            """, connection)
        {
            Parameters =
            {
                new() { Value = migrations.Select(m => m.Name).ToArray() },
                new() { Value = migrations.Select(m => m.Sql).ToArray() },
            },
        };
        var applied = new Dictionary<string, bool>(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                applied.Add(reader.GetString(0), reader.GetBoolean(1));
        }

        await transaction.CommitAsync(cancellationToken);
        return applied;
    }
}
