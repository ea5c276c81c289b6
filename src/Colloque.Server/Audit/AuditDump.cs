using System.Text;
using Colloque.Audit;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Audit;

/// <summary>Reads the audit out of a dump: a plain one as it is, one of pg_dump's archives through pg_restore.</summary>
internal static class AuditDump
{
    /// <exception cref="StartRefusedException">It cannot be read.</exception>
    internal static async Task<AuditTables> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var tables = new AuditTables();
        try
        {
            if (Directory.Exists(path) || await IsArchiveAsync(path, cancellationToken))
            {
                await ReadArchiveAsync(path, tables, cancellationToken);
                return tables;
            }

            using var dump = new StreamReader(path, Encoding.UTF8);
            await tables.ReadDumpAsync(dump, cancellationToken);
            return tables;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The dump {path} cannot be read: {e.Message}", e);
        }
    }

    private static async Task<bool> IsArchiveAsync(string path, CancellationToken cancellationToken)
    {
        var magic = new byte[5];
        await using var file = File.OpenRead(path);
        return await file.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken) == magic.Length && magic.AsSpan().SequenceEqual("PGDMP"u8);
    }

    private static async Task ReadArchiveAsync(string path, AuditTables tables, CancellationToken cancellationToken)
    {
        var program = Command.Find("pg_restore") ?? throw new StartRefusedException("This is an archive of pg_dump, and there is no pg_restore here to read it. Dump as plain text, or install PostgreSQL's client.");
        string[] only = [.. AuditTables.Columns.Keys.Select(static table => $"--table={table}")];
        using var process = Command.Start([program, "--data-only", .. only, "--file=-", Path.GetFullPath(path)]);
        // Both streams at once: a full pipe would stop the program.
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await tables.ReadDumpAsync(process.StandardOutput, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new StartRefusedException($"pg_restore cannot read the dump: {(await errors).Trim()}");
        }
    }
}
