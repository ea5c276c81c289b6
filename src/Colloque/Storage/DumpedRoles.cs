using System.Text.RegularExpressions;
using Npgsql;

namespace Colloque.Storage;

/// <summary>A grant of one of the product's roles to another.</summary>
/// <param name="Role">What is granted.</param>
/// <param name="Member">To whom.</param>
public sealed record RoleGrant(string Role, string Member);

/// <summary>The product's own roles. They belong to the cluster and are in no dump of a database, so a backup lists them.</summary>
/// <param name="Names">All of them.</param>
/// <param name="Grants">Of one to another.</param>
public sealed partial record DumpedRoles(IReadOnlyList<string> Names, IReadOnlyList<RoleGrant> Grants)
{
    /// <summary>Those there are.</summary>
    /// <exception cref="StartRefusedException">The database does not answer.</exception>
    public static async Task<DumpedRoles> ReadAsync(string setup, CancellationToken cancellationToken)
    {
        await using var connection = await DumpConnection.OpenAsync(setup, cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(@"select rolname::text from pg_roles where rolname like 'colloque\_%' order by 1"),
                new(@"select r.rolname::text, m.rolname::text from pg_auth_members a join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member where r.rolname like 'colloque\_%' and m.rolname like 'colloque\_%' order by 1, 2"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        await reader.NextResultAsync(cancellationToken);
        var grants = new List<RoleGrant>();
        while (await reader.ReadAsync(cancellationToken))
        {
            grants.Add(new(reader.GetString(0), reader.GetString(1)));
        }

        return new(names, grants);
    }

    /// <summary>Makes a place that a dump can be restored into: the roles, and the database, empty.</summary>
    /// <param name="setup">A login that may make both; without <paramref name="create"/>, one to the database itself.</param>
    /// <param name="create">Database to make; null where it is there already and must be empty.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="StartRefusedException">The database has something in it, or a listed role is not of the product.</exception>
    public async Task PrepareAsync(string setup, string? create, CancellationToken cancellationToken)
    {
        if (Names.Concat(Grants.SelectMany(static g => (string[])[g.Role, g.Member])).FirstOrDefault(static n => !OwnName().IsMatch(n)) is { } foreign)
        {
            throw new StartRefusedException($"The backup lists the role {foreign}, which is none of Colloque's.");
        }

        await using var connection = await DumpConnection.OpenAsync(setup, cancellationToken);
        await DatabaseRoles.EnsureAsync(connection, cancellationToken);
        foreach (var name in Names)
        {
            await DatabaseRoles.ExecuteAsync(connection, $"do $$ begin create role {name} nologin noinherit; exception when duplicate_object then null; end $$", cancellationToken);
        }

        foreach (var grant in Grants)
        {
            await DatabaseRoles.ExecuteAsync(connection, $"grant {grant.Role} to {grant.Member}", cancellationToken);
        }

        if (create is not null)
        {
            await DatabaseRoles.ExecuteAsync(connection, $"create database {create} owner {DatabaseRoles.Owner} encoding 'UTF8' template template0", cancellationToken);
        }
        else if (await IsUsedAsync(connection, cancellationToken))
        {
            throw new StartRefusedException("The database of the connection string is not empty. Restore into a new one; nothing was changed.");
        }

        await GrantDatabaseAsync(connection, create, cancellationToken);
    }

    private static async Task<bool> IsUsedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'keys', 'meta'))", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Rights on the database itself are in no dump either.</summary>
    private static async Task GrantDatabaseAsync(NpgsqlConnection connection, string? database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select format('grant connect, create on database %I to {DatabaseRoles.Owner}; grant connect on database %1$I to {DatabaseRoles.Runtime}', coalesce($1, current_database()))", connection)
        {
            Parameters = { new() { Value = (object?)database ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } },
        };
        await DatabaseRoles.ExecuteAsync(connection, (string)(await command.ExecuteScalarAsync(cancellationToken))!, cancellationToken);
    }

    [GeneratedRegex(@"\Acolloque_[a-z_]{1,40}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OwnName();
}
