using Colloque.Security;
using Microsoft.Extensions.Logging;

namespace Colloque.Files;

/// <summary>A file's content on its way out.</summary>
/// <param name="Content">Decrypted as it is read; one may seek in it. To be disposed.</param>
/// <param name="Name">As its sender calls it.</param>
/// <param name="MimeType">Checked at confirmation.</param>
/// <param name="Tag">Names the content: a strong validator (RFC 9110, 8.8.3), without quotes.</param>
public sealed record OpenedFile(Stream Content, string Name, string MimeType, string Tag);

/// <summary>Serves a download link, as the person it was made for.</summary>
public sealed partial class OpenStoredFile(LinkedFiles files, StorageLinks links, ObjectStore store, ILogger<OpenStoredFile> logger)
{
    /// <summary>Not to be run inside a unit of work.</summary>
    /// <exception cref="Refusal">403 a bad link; 404 the file is not, or no longer, its holder's to see; 503 the object is lost or damaged.</exception>
    public async Task<OpenedFile> RunAsync(StorageRequest request, CancellationToken cancellationToken)
    {
        var ticket = links.Read(request);
        var file = await files.FindAsync(ticket, FileStatus.Confirmed, cancellationToken) ?? throw Refusal.NotFound();
        var content = await OpenAsync(file, cancellationToken);
        return new(content, file.Name, file.MimeType, content.Tag);
    }

    /// <summary>The content of what a link led to.</summary>
    /// <exception cref="Refusal">503.</exception>
    internal async Task<DecryptedObject> OpenAsync(LinkedFile file, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.OpenAsync(file.Object, cancellationToken) is { } content)
            {
                return content;
            }
        }
        catch (UnreadableObjectException)
        {
            // Damaged: told below as lost is, to the operator alone.
        }

        LogUnreadable(logger, file.Object.FileId);
        throw FileRefusals.Unreadable();
    }

    [LoggerMessage(1, LogLevel.Error, "The object of file {FileId} is lost or damaged")]
    private static partial void LogUnreadable(ILogger logger, Guid fileId);
}
