using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Removes a file of one's own: its row, its key, its bytes.</summary>
public sealed class RemovePersonFile(Verbs verbs, ObjectStore store)
{
    /// <summary>Not to be run inside a unit of work: the bytes go once the key is gone for good, without which nobody reads them.</summary>
    /// <param name="caller">Whose it is.</param>
    /// <param name="fileId">Which.</param>
    /// <param name="paper">Whether it must be a paper or a private file.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">404: not the caller's.</exception>
    public async Task RunAsync(Caller caller, Guid fileId, bool paper, CancellationToken cancellationToken)
    {
        var objectKey = await verbs.RunAsync<PersonFileRows, string>(
            caller,
            async rows => await rows.FindAsync(fileId, cancellationToken) is { } file && file.OwnerId == caller.UserId && file.Kind != PersonFileKind.Private == paper
                && await rows.RemoveAsync(fileId, cancellationToken) ? file.ObjectKey : throw Refusal.NotFound(),
            cancellationToken);
        await store.RemoveAsync(objectKey, CancellationToken.None);
    }
}
