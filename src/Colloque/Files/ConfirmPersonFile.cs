using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Checks an upload of one's own; from here on its bytes are what they are. A repeat, also after a crash, finds it confirmed or confirms it.</summary>
public sealed class ConfirmPersonFile(Verbs verbs, ObjectStore store, ContentCheck content, TimeProvider time)
{
    /// <summary>Not to be run inside a unit of work: it makes its own, and holds no connection while it reads the file.</summary>
    /// <exception cref="Refusal">404 not the caller's; 409 <c>upload_missing</c>; 422 <c>content_mismatch</c>, <c>active_content</c>, <c>unpacks_too_large</c>, <c>too_many_pixels</c>, <c>infected</c>, after which nothing is left of the upload; 503.</exception>
    public async Task<PersonFileView> RunAsync(Caller caller, Guid fileId, CancellationToken cancellationToken)
    {
        var file = await FindAsync(caller, fileId, cancellationToken);
        if (file.Status == FileStatus.Confirmed)
        {
            return file.View;
        }

        if (!await store.ClaimAsync(file.ObjectKey, cancellationToken))
        {
            throw FileRefusals.UploadMissing();
        }

        var (kept, found) = await KeepAsync(caller, file, cancellationToken);
        var confirmed = await verbs.RunAsync<PersonFileRows, bool>(caller, r => r.ConfirmAsync(file, kept, found, time.GetMoment(), cancellationToken), cancellationToken);
        await store.RemoveIncomingAsync(file.ObjectKey, CancellationToken.None);
        if (kept.Key != file.ObjectKey)
        {
            await store.RemoveAsync(confirmed ? file.ObjectKey : kept.Key, CancellationToken.None);
        }

        return (await FindAsync(caller, fileId, cancellationToken)).View;
    }

    /// <summary>What of an upload is kept: itself, or of a picture what is for the eye. What may not be kept goes.</summary>
    private async Task<(StoredObject Object, CheckedContent Content)> KeepAsync(Caller caller, PersonFile file, CancellationToken cancellationToken)
    {
        try
        {
            var found = await content.RunAsync(file.Object, file.Type, file.Label.Sha256, cancellationToken);
            var sent = file.Object with { Writing = found.Writing };
            return (file.Type.IsPicture ? await content.CleanAsync(sent, file.Type, size => PlaceAsync(caller, file, size, cancellationToken), cancellationToken) : null) ?? (sent, found);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Invalid)
        {
            await verbs.RunAsync<PersonFileRows, bool>(caller, r => r.RemoveAsync(file.Id, cancellationToken), cancellationToken);
            await store.RemoveAsync(file.ObjectKey, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Doomed until its row leads to it: whatever breaks on the way leaves nothing behind.</summary>
    private async Task<StoredObject> PlaceAsync(Caller caller, PersonFile file, long size, CancellationToken cancellationToken)
    {
        var place = new StoredObject(file.Id, FrameCipher.NewObjectKey(), FrameCipher.NewKey(), size);
        await verbs.RunAsync<FileRows, bool>(caller, r => r.DoomAsync([place.Key], time.GetUtcNow() + SweepDoomedObjects.Grace, cancellationToken), cancellationToken);
        return place;
    }

    private async Task<PersonFile> FindAsync(Caller caller, Guid fileId, CancellationToken cancellationToken)
    {
        var file = await verbs.RunAsync<PersonFileRows, PersonFile?>(caller, r => r.FindAsync(fileId, cancellationToken), cancellationToken);
        return file?.OwnerId == caller.UserId ? file : throw Refusal.NotFound();
    }
}
