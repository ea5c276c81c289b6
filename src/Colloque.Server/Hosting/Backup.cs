using Colloque.Audit;
using Colloque.Operations;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary><c>backup</c>: writes one, beside a running server or without one, and says where it is.</summary>
internal static class Backup
{
    internal static async Task<int> RunAsync(CommandLine line)
    {
        var settings = ServerHost.CreateBuilder(line).Configuration;
        var folder = DataFolder.Existing(line.Data);
        using var alone = FileLock.TryExclusive(folder.BackupLock) ?? throw new StartRefusedException("A backup is under way already.");
        using var loggers = LoggerFactory.Create(static b => b.AddJsonConsole().SetMinimumLevel(LogLevel.Warning));
        await using var installation = await Installation.OpenAsync(folder, settings, loggers, CancellationToken.None);
        var writer = new BackupWriter(folder, installation.Setup, settings, TimeProvider.System);
        foreach (var drawn in writer.Prepare())
        {
            await Console.Out.WriteLineAsync($"A secret was drawn for backups: {drawn}. Keep a copy of it elsewhere; without it no backup opens.");
        }

        var rows = new BackupRows(installation.Database);
        await rows.InterruptedAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None);
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await rows.AddAsync(ServerItself.Caller, null, id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        try
        {
            var files = await BackupRun.RunAsync(writer, rows, id, TimeProvider.System, CancellationToken.None);
            await CommandAudit.NoteAsync(installation, AuditAction.Export, "backup", id);
            await Console.Out.WriteLineAsync($"Backup {id}: {Path.Combine(writer.Folder, files.FileName)} ({files.SizeBytes} bytes), keys {Path.Combine(writer.KeysFolder, files.KeysFileName)}");
            return 0;
        }
        catch (BackupFailedException e)
        {
            throw new StartRefusedException($"The backup failed ({e.Code}): {e.Message}", e);
        }
    }
}
