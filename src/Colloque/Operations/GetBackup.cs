using Colloque.Storage;

namespace Colloque.Operations;

/// <summary>Says how one backup stands.</summary>
public sealed class GetBackup(BackupRows rows, CallerScope scope)
{
    /// <summary>One query.</summary>
    /// <exception cref="Refusal">404; 503.</exception>
    public async Task<BackupView> RunAsync(Guid id, CancellationToken cancellationToken) =>
        await rows.FindAsync(scope.Required, id, cancellationToken) ?? throw Refusal.NotFound();
}
