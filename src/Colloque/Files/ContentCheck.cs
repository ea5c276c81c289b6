using Colloque.Security;

namespace Colloque.Files;

/// <summary>Holds an upload to what was announced of it.</summary>
internal static class ContentCheck
{
    /// <summary>The content's SHA-256; null when its size, its hash or its type by content is another than announced.</summary>
    /// <param name="disk">The store.</param>
    /// <param name="stored">The object, of the announced size.</param>
    /// <param name="type">As announced.</param>
    /// <param name="announced">The SHA-256 as announced; null where none was.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    internal static async Task<string?> RunAsync(EncryptedDisk disk, StoredObject stored, FileType type, string? announced, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await disk.OpenAsync(stored, cancellationToken);
            if (content is null || !await ContentSignature.FitsAsync(type, content, cancellationToken))
            {
                return null;
            }

            content.Position = 0;
            var sha256 = await ContentHash.OfAsync(content, cancellationToken);
            return announced is null || announced == sha256 ? sha256 : null;
        }
        catch (UnreadableObjectException)
        {
            // Damaged on the disk: as good as never uploaded right.
            return null;
        }
    }
}
