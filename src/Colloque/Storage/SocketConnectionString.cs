using Npgsql;

namespace Colloque.Storage;

/// <summary>Connection strings for a cluster that listens on a unix socket and asks the kernel who is calling: no password, no TLS.</summary>
public static class SocketConnectionString
{
    /// <param name="socketFolder">Absolute path of the folder that holds <c>.s.PGSQL.5432</c>.</param>
    /// <param name="role">Role to connect as.</param>
    /// <param name="database">Database to connect to.</param>
    public static string For(string socketFolder, string role, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = socketFolder,
            Port = 5432,
            Username = role,
            Database = database,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            // Seconds. A socket answers at once or the postmaster is away; the supervisor brings it back.
            Timeout = 5,
        }.ConnectionString;
}
