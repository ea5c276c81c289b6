using System.Threading.Channels;
using Colloque.Operations;
using Colloque.Security;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Operations;

/// <summary>Writes the backups that super-admins ask for, one at a time, in the background.</summary>
internal sealed partial class Backups(BackupWriter writer, BackupRows rows, DataFolder folder, TimeProvider time, ILogger<Backups> logger) : BackgroundService
{
    private readonly Channel<(Guid Id, FileLock Held)> asked = Channel.CreateUnbounded<(Guid, FileLock)>();

    /// <summary>Asks for one.</summary>
    /// <exception cref="Refusal">409 <c>backup_under_way</c>; 503 <c>pg_dump_missing</c>, or the database does not answer.</exception>
    internal async Task<BackupView> RequestAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!writer.IsPossible)
        {
            throw OperationRefusals.DumpMissing();
        }

        // Held from here to the end of the backup, by this process or, beside it, by the command.
        var held = FileLock.TryExclusive(folder.BackupLock) ?? throw OperationRefusals.BackupUnderWay();
        try
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            await rows.InterruptedAsync(time.GetUtcNow(), cancellationToken);
            await rows.AddAsync(caller, caller.UserId, id, time.GetUtcNow(), cancellationToken);
            var view = await rows.FindAsync(caller, id, cancellationToken) ?? throw Refusal.NotFound();
            asked.Writer.TryWrite((id, held));
            return view;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ForgetInterruptedAsync(stoppingToken);
        try
        {
            await foreach (var (id, held) in asked.Reader.ReadAllAsync(stoppingToken))
            {
                using (held)
                {
                    await WriteAsync(id, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>What a server that was killed had under way is no longer.</summary>
    private async Task ForgetInterruptedAsync(CancellationToken cancellationToken)
    {
        using var held = FileLock.TryExclusive(folder.BackupLock);
        if (held is null)
        {
            return;
        }

        try
        {
            await rows.InterruptedAsync(time.GetUtcNow(), cancellationToken);
        }
        catch (Refusal)
        {
            // The database is away; the next backup says it again.
        }
    }

    private async Task WriteAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            if (writer.Prepare() is { Count: > 0 } drawn)
            {
                LogDrawn(logger, string.Join(", ", drawn));
            }

            var files = await BackupRun.RunAsync(writer, rows, id, time, cancellationToken);
            LogDone(logger, id, files.SizeBytes);
        }
        catch (Exception e) when (e is BackupFailedException or StartRefusedException or Refusal)
        {
            LogFailed(logger, id, (e as BackupFailedException)?.Code ?? e.GetType().Name, e.Message);
        }
    }

    [LoggerMessage(60, LogLevel.Information, "Backup {BackupId} is written ({Bytes} bytes)")]
    private static partial void LogDone(ILogger logger, Guid backupId, long bytes);

    [LoggerMessage(61, LogLevel.Error, "Backup {BackupId} failed ({Code}): {Reason}")]
    private static partial void LogFailed(ILogger logger, Guid backupId, string code, string reason);

    [LoggerMessage(62, LogLevel.Warning, "Secrets were drawn for backups: {Files}. Keep copies of them elsewhere; without them no backup opens")]
    private static partial void LogDrawn(ILogger logger, string files);
}
