using Colloque.Security;
using Colloque.Storage;
using Microsoft.Extensions.Logging;

namespace Colloque.Files;

/// <summary>Shows a picture to whoever knows its name.</summary>
public sealed partial class OpenPicture(Verbs verbs, ObjectStore store, ILogger<OpenPicture> logger)
{
    /// <summary>One query. The content is decrypted as it is read; to be disposed.</summary>
    /// <exception cref="Refusal">404: no such picture; 503: its bytes are lost or damaged.</exception>
    public async Task<OpenedFile> RunAsync(string name, CancellationToken cancellationToken)
    {
        if (Picture.TypeOf(name) is not { } type
            || await verbs.RunAsync<PictureRows, Picture?>(null, rows => rows.FindAsync(name, cancellationToken), cancellationToken) is not { } picture)
        {
            throw Refusal.NotFound();
        }

        try
        {
            // A crash between its row and its place among the objects is made good here.
            if ((await store.OpenAsync(picture.Object, cancellationToken) ?? (await store.ClaimAsync(picture.ObjectKey, cancellationToken) ? await store.OpenAsync(picture.Object, cancellationToken) : null)) is { } content)
            {
                return new(content, name, type.MimeType, content.Tag);
            }
        }
        catch (UnreadableObjectException)
        {
            // Damaged: told below as lost is, to the operator alone.
        }

        LogUnreadable(logger, picture.Id);
        throw FileRefusals.Unreadable();
    }

    [LoggerMessage(2, LogLevel.Error, "The object of picture {PictureId} is lost or damaged")]
    private static partial void LogUnreadable(ILogger logger, Guid pictureId);
}
