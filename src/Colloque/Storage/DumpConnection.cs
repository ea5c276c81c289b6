using System.Globalization;
using Npgsql;

namespace Colloque.Storage;

/// <summary>A connection string as PostgreSQL's own programs (<c>pg_dump</c>, <c>pg_restore</c>) take it: by their environment, where no list of processes shows it.</summary>
public static class DumpConnection
{
    /// <summary>The variables that lead to the same place.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PGHOST"] = settings.Host ?? "localhost",
            ["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = settings.Username ?? "",
            ["PGDATABASE"] = settings.Database ?? settings.Username ?? "",
            ["PGAPPNAME"] = "colloque backup",
            ["PGSSLMODE"] = settings.SslMode switch
            {
                SslMode.Disable => "disable",
                SslMode.Allow => "allow",
                SslMode.Require => "require",
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                _ => "prefer",
            },
        };
        Add("PGPASSWORD", settings.Password);
        Add("PGPASSFILE", settings.Passfile);
        Add("PGSSLROOTCERT", settings.RootCertificate);
        Add("PGSSLCERT", settings.SslCertificate);
        Add("PGSSLKEY", settings.SslKey);
        return variables;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                variables[name] = value;
            }
        }
    }

    /// <summary>The server's major version.</summary>
    /// <exception cref="StartRefusedException">The database does not answer.</exception>
    public static async Task<int> MajorAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        return connection.PostgreSqlVersion.Major;
    }

    internal static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(PostgresProbe.Unpooled(connectionString));
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (NpgsqlException e)
        {
            await connection.DisposeAsync();
            throw new StartRefusedException($"The database cannot be reached: {e.Message}", e);
        }
    }
}
