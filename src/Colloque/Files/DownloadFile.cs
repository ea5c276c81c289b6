using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Where to get a file's bytes.</summary>
/// <param name="DownloadUrl">Answers <c>GET</c> and <c>HEAD</c> with the content as an attachment; needs no Authorization header.</param>
/// <param name="ExpiresAt">When the URL stops working.</param>
public sealed record FileDownload(string DownloadUrl, DateTimeOffset ExpiresAt);

/// <summary>Gives a link to a file that a message shows.</summary>
public sealed class DownloadFile(FileRows rows, StorageLinks links, CallerScope scope)
{
    /// <summary>One query.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="fileId">Which.</param>
    /// <param name="baseUrl">Scheme and authority that the link starts with.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">403 administrators; 404 no seat, no such file, not confirmed, or its message was deleted.</exception>
    public async Task<FileDownload> RunAsync(Guid conversationId, Guid fileId, string baseUrl, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireInVisit();
        var file = await rows.FindShownAsync(conversationId, fileId, cancellationToken) ?? throw Refusal.NotFound();
        var (url, expiresAt) = links.Make(
            StorageLinks.Download, new(caller, conversationId, fileId, file.ObjectKey, file.SizeBytes, FileType.Of(file.MimeType)!), baseUrl);
        return new(url, expiresAt);
    }
}
