using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Gives links to files of people: to their owner, and of a practitioner's papers to the platform's administrators.</summary>
public sealed class OpenPersonFile(PersonFileRows rows, StorageLinks links, CallerScope scope)
{
    /// <summary>One query. The link is good for five minutes.</summary>
    /// <param name="ownerId">Whose it must be; null for the caller's own.</param>
    /// <param name="fileId">Which.</param>
    /// <param name="baseUrl">Scheme and authority that the link starts with.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">404: no such file, not confirmed, not the caller's to see.</exception>
    public async Task<(PersonFileView File, FileDownload Link)> RunAsync(Guid? ownerId, Guid fileId, string baseUrl, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        if (await rows.FindAsync(fileId, cancellationToken) is not { Status: FileStatus.Confirmed } file || file.OwnerId != (ownerId ?? caller.UserId)
            || (ownerId is null) != (file.Kind == PersonFileKind.Private))
        {
            throw Refusal.NotFound();
        }

        var (url, expiresAt) = links.Make(StorageLinks.Download, new(caller, Guid.Empty, file.Id, file.ObjectKey, file.SizeBytes, file.Type), baseUrl);
        return (file.View, new(url, expiresAt));
    }
}
