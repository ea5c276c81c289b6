using Colloque.Audit;
using Colloque.Security;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Audit;

/// <summary>
/// <c>verify-audit --public-key FILE (--dump FILE | --connection STRING) [--checkpoints FOLDER]</c>: names every row of the audit that was edited, deleted,
/// re-ordered, inserted or cut off. Needs neither a server nor a secret.
/// </summary>
internal static class VerifyAudit
{
    /// <returns>0: nothing was touched. 2: something was; a line each on standard output.</returns>
    /// <exception cref="StartRefusedException">Something that is needed is not there.</exception>
    internal static async Task<int> RunAsync(CommandLine line)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(line.Rest).Build();
        using var signatures = ReadKeys(settings["public-key"] ?? throw new StartRefusedException("verify-audit needs --public-key FILE: audit-public.pem of the data folder, kept where the database's keepers cannot write."));
        var tables = (settings["dump"], settings["connection"]) switch
        {
            ({ } dump, null) => await AuditDump.ReadAsync(dump, CancellationToken.None),
            (null, { } connection) => await AuditExport.ReadAsync(connection, CancellationToken.None),
            _ => throw new StartRefusedException("verify-audit needs --dump FILE (of pg_dump), or --connection with a connection string: one of them."),
        };
        if (tables.Missing.ToList() is { Count: > 0 } missing)
        {
            throw new StartRefusedException($"These tables are not in it: {string.Join(", ", missing)}. A dump must hold their rows as COPY (pg_dump's own way), made by a login that policies do not bind.");
        }

        var report = new AuditVerification(tables, signatures).Verify(ReadKept(settings["checkpoints"]));
        foreach (var finding in report.Findings)
        {
            await Console.Out.WriteLineAsync(finding.ToString());
        }

        await Console.Out.WriteLineAsync(
            $"{report.Rows} rows hold, {report.Waiting} not sealed yet, {report.Checkpoints} checkpoints hold, until {report.Until:u}. "
            + (report.Findings.Count == 0 ? "Nothing was touched." : $"{report.Findings.Count} findings."));
        return report.Findings.Count == 0 ? 0 : 2;
    }

    private static AuditSignatures ReadKeys(string path)
    {
        try
        {
            return new(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartRefusedException($"The public key {path} cannot be read: {e.Message}", e);
        }
    }

    private static List<AuditCheckpoint> ReadKept(string? folder)
    {
        if (folder is null)
        {
            return [];
        }

        try
        {
            return [.. Directory.EnumerateFiles(folder, "audit-*.json").Order(StringComparer.Ordinal).Select(static file => AuditCheckpoint.FromFile(File.ReadAllText(file)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new StartRefusedException($"The checkpoints in {folder} cannot be read: {e.Message}", e);
        }
    }
}
