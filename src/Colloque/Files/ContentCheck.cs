using Colloque.Security;

namespace Colloque.Files;

/// <summary>Holds an upload to what was announced of it.</summary>
internal static class ContentCheck
{
    /// <summary>The content's SHA-256; null when its size, its hash or its type by content is another than announced.</summary>
    internal static async Task<string?> RunAsync(EncryptedDisk disk, StoredFile file, FileLabel label, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await disk.OpenAsync(StoredObject.Of(file, label), cancellationToken);
            if (content is null || !await ContentSignature.FitsAsync(FileType.Of(file.MimeType)!, content, cancellationToken))
            {
                return null;
            }

            content.Position = 0;
            var sha256 = await ContentHash.OfAsync(content, cancellationToken);
            return label.Sha256 is null || label.Sha256 == sha256 ? sha256 : null;
        }
        catch (UnreadableObjectException)
        {
            // Damaged on the disk: as good as never uploaded right.
            return null;
        }
    }
}
