using Colloque.Operations;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>One backup from its first line in the list to its last.</summary>
internal static class BackupRun
{
    /// <exception cref="BackupFailedException">The list says so too.</exception>
    internal static async Task<BackupFiles> RunAsync(BackupWriter writer, BackupRows rows, Guid id, TimeProvider time, CancellationToken cancellationToken)
    {
        await rows.StartAsync(id, time.GetUtcNow(), cancellationToken);
        try
        {
            var files = await writer.WriteAsync(id, cancellationToken);
            await rows.DoneAsync(id, files.FileName, files.KeysFileName, files.SizeBytes, time.GetUtcNow(), CancellationToken.None);
            return files;
        }
        catch (Exception e)
        {
            var failed = e switch
            {
                BackupFailedException own => own,
                OperationCanceledException => new BackupFailedException("interrupted", "The server stopped."),
                StartRefusedException => new BackupFailedException("refused", e.Message),
                _ => new BackupFailedException("failed", e.Message),
            };
            await rows.FailedAsync(id, failed.Code, time.GetUtcNow(), CancellationToken.None);
            throw failed;
        }
    }
}
