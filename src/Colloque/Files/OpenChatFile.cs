using Colloque.Security;

namespace Colloque.Files;

/// <summary>Serves a link of <see cref="ChatFileLinks"/>, as the person it was made for.</summary>
public sealed class OpenChatFile(ChatFileLinks links, LinkedFiles files, OpenStoredFile stored)
{
    /// <summary>Not to be run inside a unit of work.</summary>
    /// <returns>The content, whose request it was, and which file.</returns>
    /// <exception cref="Refusal">403 a bad link; 404 the file is not, or no longer, its holder's to see; 503 the object is lost or damaged.</exception>
    public async Task<(OpenedFile File, Caller Caller, Guid FileId)> RunAsync(ChatFileRequest request, CancellationToken cancellationToken)
    {
        var ticket = links.Read(request);
        var file = await files.FindAsync(ticket, FileStatus.Confirmed, cancellationToken) ?? throw Refusal.NotFound();
        var content = await stored.OpenAsync(file, cancellationToken);
        return (new(content, file.Name, file.MimeType, content.Tag), ticket.Caller, ticket.FileId);
    }
}
