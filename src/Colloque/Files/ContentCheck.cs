using System.Buffers;
using System.Runtime.InteropServices;
using Colloque.Security;

namespace Colloque.Files;

/// <summary>What was found of an upload.</summary>
/// <param name="Sha256">Of its content.</param>
/// <param name="Writing">Which writing of the object it was.</param>
internal sealed record CheckedContent(string Sha256, string Writing);

/// <summary>Holds an upload to what was announced of it, and to what may be sent at all.</summary>
public sealed class ContentCheck(ObjectStore store, VirusScan scan)
{
    /// <summary>Reads it as often as it takes, through small buffers.</summary>
    /// <param name="stored">The object, of the announced size.</param>
    /// <param name="type">As announced.</param>
    /// <param name="announced">The SHA-256 as announced; null where none was.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="Refusal">
    /// 422 <c>content_mismatch</c>, <c>active_content</c>, <c>unpacks_too_large</c> or <c>infected</c>: it is to go; 503 <c>scan_unavailable</c> or the store: it may stay, unseen.
    /// </exception>
    internal Task<CheckedContent> RunAsync(StoredObject stored, FileType type, string? announced, CancellationToken cancellationToken) =>
        FileWork.RunAsync(() => CheckAsync(stored, type, announced, cancellationToken), cancellationToken);

    /// <summary>
    /// Writes a picture anew without what it tells of its maker, as an object of its own. The picture is in memory for that, twice: as many at once as have a turn.
    /// Null where there is nothing to leave out.
    /// </summary>
    /// <param name="stored">A picture that was checked.</param>
    /// <param name="type">Of its content.</param>
    /// <param name="place">Asked once, with the size: where to.</param>
    /// <param name="cancellationToken">Nothing is kept.</param>
    /// <exception cref="Refusal">422 <c>content_mismatch</c>, <c>too_many_pixels</c>: it is to go; 503 the store.</exception>
    internal async Task<(StoredObject Object, CheckedContent Content)?> CleanAsync(StoredObject stored, FileType type, Func<long, Task<StoredObject>> place, CancellationToken cancellationToken)
    {
        using var turn = await PictureCleaning.TurnAsync(cancellationToken);
        if (await FileWork.RunAsync(() => CleanAsync(stored, type, cancellationToken), cancellationToken) is not { } clean)
        {
            return null;
        }

        var kept = await place(clean.Length);
        MemoryMarshal.TryGetArray(clean, out var segment);
        using var content = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
        var writing = await store.ReceiveAsync(kept, content, cancellationToken);
        await store.ClaimAsync(kept.Key, cancellationToken);
        content.Position = 0;
        return (kept, new(await FileWork.RunAsync(() => ContentHash.OfAsync(content, cancellationToken), cancellationToken), writing));
    }

    private async Task<CheckedContent> CheckAsync(StoredObject stored, FileType type, string? announced, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await store.OpenAsync(stored, cancellationToken);
            using var turn = await PictureCleaning.TurnAsync(cancellationToken);
            if (content is null || !await ContentSignature.FitsAsync(type, content, cancellationToken))
            {
                throw FileRefusals.ContentMismatch();
            }

            content.Position = 0;
            var sha256 = await ContentHash.OfAsync(content, cancellationToken);
            if (announced is not null && announced != sha256)
            {
                throw FileRefusals.ContentMismatch();
            }

            await ActiveContent.RefuseAsync(type, content, cancellationToken);
            // Scanning is another process's work.
            turn.Dispose();
            await scan.RefuseAsync(content, cancellationToken);
            return new(sha256, content.Tag);
        }
        catch (UnreadableObjectException)
        {
            // Damaged in the store: as good as never uploaded right.
            throw FileRefusals.ContentMismatch();
        }
    }

    private async Task<ReadOnlyMemory<byte>?> CleanAsync(StoredObject stored, FileType type, CancellationToken cancellationToken)
    {
        var content = new byte[stored.Size];
        try
        {
            await using var opened = await store.OpenAsync(stored, cancellationToken) ?? throw FileRefusals.ContentMismatch();
            await opened.ReadExactlyAsync(content, cancellationToken);
            var clean = new ArrayBufferWriter<byte>(content.Length + 64);
            if (PictureCleaning.Write(content, clean).Type != type)
            {
                throw FileRefusals.ContentMismatch();
            }

            // Not one conditional: a bare null would become an empty memory there.
            if (clean.WrittenSpan.SequenceEqual(content))
            {
                return null;
            }

            return clean.WrittenMemory;
        }
        catch (UnreadableObjectException)
        {
            throw FileRefusals.ContentMismatch();
        }
        catch (Refusal refusal) when (refusal.Code is "picture_unreadable" or "unsupported_picture")
        {
            throw FileRefusals.ContentMismatch();
        }
    }
}
