using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>The three files PostgreSQL is started with. They are the program's: a change made by hand lasts until the next start (ALTER SYSTEM lasts longer).</summary>
internal static class ClusterSettings
{
    /// <summary>Writes the files. They hold no secret, and belong to the account of the server so that the cluster cannot rewrite who may connect.</summary>
    public static async Task WriteAsync(ClusterPlace place, ClusterAccount account, PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        Places.MakeFolder(place.Settings, Places.PassThrough);
        await WriteAsync(place.ConfigFile, Config(place, binaries), cancellationToken);
        await WriteAsync(place.HbaFile, Hba, cancellationToken);
        await WriteAsync(place.IdentFile, Ident(account.Name), cancellationToken);
    }

    /// <summary>What the server's environment says about PostgreSQL or language is not meant for the cluster.</summary>
    public static void CleanEnvironment(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(n => n.StartsWith("PG", StringComparison.Ordinal) || n.StartsWith("LC_", StringComparison.Ordinal)).ToList())
            environment.Remove(name);
        environment["LC_ALL"] = "C";
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, text, cancellationToken);
        Places.LetRead(path);
    }

    /// <summary>For two cores and a server beside: everything durable, little memory, and no word of a statement in the log.</summary>
    private static string Config(ClusterPlace place, PostgresBinaries binaries) => $"""
        # Written at each start.
        hba_file = {Quoted(place.HbaFile)}
        ident_file = {Quoted(place.IdentFile)}

        # The socket is the only way in.
        listen_addresses = ''
        port = 5432
        unix_socket_directories = {Quoted(place.Socket)}
        unix_socket_permissions = 0700
        max_connections = 60
        password_encryption = 'scram-sha-256'

        # An acknowledged commit is on the disk.
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        wal_compression = {(binaries.HasLz4 ? "lz4" : "off")}
        wal_buffers = 16MB
        min_wal_size = 256MB
        max_wal_size = 2GB
        checkpoint_timeout = 15min
        checkpoint_completion_target = 0.9
        max_wal_senders = 2
        max_logical_replication_workers = 0

        shared_buffers = 256MB
        effective_cache_size = 1GB
        work_mem = 8MB
        maintenance_work_mem = 64MB
        random_page_cost = 1.1
        jit = off
        max_parallel_workers_per_gather = 0
        max_worker_processes = 4
        autovacuum_max_workers = 2
        restart_after_crash = on
        # After a crash every file is made durable before the log is replayed: one call, instead of one for each of a thousand files.
        recovery_init_sync_method = syncfs

        # Error messages quote the values they complain about, and details quote rows: neither is logged.
        log_destination = 'stderr'
        logging_collector = off
        log_min_messages = log
        log_min_error_statement = panic
        log_error_verbosity = terse
        log_statement = 'none'
        log_min_duration_statement = -1
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_checkpoints = off
        log_autovacuum_min_duration = -1
        log_line_prefix = '%m [%p] '
        log_timezone = 'UTC'
        timezone = 'UTC'
        datestyle = 'iso, ymd'
        lc_messages = 'C'

        """;

    private const string Hba = $"""
        # The kernel says who is calling; the map says whom that account may be.
        local all postgres peer map=colloque
        local all {DatabaseRoles.Runtime} peer map=colloque
        local all all reject

        """;

    /// <summary>Root is in the map because root can become any account anyway.</summary>
    private static string Ident(string account) =>
        string.Concat(new[] { "root", account }.Distinct(StringComparer.Ordinal).SelectMany(
            system => new[] { "postgres", DatabaseRoles.Runtime },
            (system, role) => $"colloque \"{system.Replace("\"", "\"\"")}\" {role}\n"));

    private static string Quoted(string path) => $"'{path.Replace("'", "''")}'";
}
