using Npgsql;

namespace Colloque.Storage;

/// <summary>Holds the login the server runs with to what row-level security can bind.</summary>
internal static class RuntimeLogin
{
    public static async Task VerifyAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(PostgresProbe.Unpooled(connectionString));
        try
        {
            await connection.OpenAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StartRefusedException($"The runtime login cannot connect to the database: {e.Message}", e);
        }

        await using var command = new NpgsqlCommand(
            $"""
            select session_user::text, r.rolname::text,
                   case when r.rolsuper then 'is a superuser'
                        when r.rolbypassrls then 'bypasses row-level security'
                        when r.rolcreaterole then 'may create roles'
                        when r.rolname = '{DatabaseRoles.Owner}' then 'owns the tables'
                        else 'owns a table' end
            from pg_roles r
            where pg_has_role(session_user, r.oid, 'MEMBER')
              and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolname = '{DatabaseRoles.Owner}'
                   or exists (select from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p', 'm', 'v', 'f')))
            order by r.rolname <> session_user, r.rolname
            limit 1
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return;
        var (login, role, reason) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
        throw new StartRefusedException(
            $"The server may not run as {login}: {(login == role ? "it" : $"it is a member of {role}, which")} {reason}, so row-level security would not bind it. Use {DatabaseRoles.Runtime}.");
    }
}
