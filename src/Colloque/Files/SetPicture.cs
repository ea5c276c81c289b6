using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Gives a person, or an organization, a picture, in the place of the one before.</summary>
public sealed class SetPicture(Verbs verbs, ObjectStore store, UploadGate gate, TimeProvider time)
{
    /// <summary>Bytes a picture may have as it is sent.</summary>
    public const int MaxBytes = PictureCleaning.MaxBytes;

    /// <summary>Answers with the path it is seen at. Not to be run inside a unit of work.</summary>
    /// <param name="caller">Whose it is, or whose organization's.</param>
    /// <param name="kind">What it shows.</param>
    /// <param name="ofOrganization">An administrator's organization's instead of their own.</param>
    /// <param name="body">Read to its end, at most 5 MiB and one byte.</param>
    /// <param name="cancellationToken">The client is gone: the picture before stays.</param>
    /// <exception cref="Refusal">403 of an organization, to others than its administrators; 413, 422 <c>file</c>; 429 too many at once; 503.</exception>
    public async Task<string> RunAsync(Caller caller, PictureKind kind, bool ofOrganization, Stream body, CancellationToken cancellationToken)
    {
        var owner = RemovePicture.OwnerOf(caller, ofOrganization);
        var objectKey = FrameCipher.NewObjectKey();
        using var pass = gate.Enter(caller.UserId, objectKey);
        var clean = await CleanAsync(await ReadAsync(body, cancellationToken), cancellationToken);
        var picture = new Picture(Guid.CreateVersion7(time.GetUtcNow()), Picture.NameOf(clean.Type), owner, kind, clean.Content.Length, objectKey, FrameCipher.NewKey());
        using var content = new MemoryStream(clean.Content, writable: false);
        await store.ReceiveAsync(picture.Object, content, cancellationToken);
        return await ShowAsync(caller, picture, cancellationToken);
    }

    private static async Task<CleanPicture> CleanAsync(byte[] content, CancellationToken cancellationToken)
    {
        using var turn = await PictureCleaning.TurnAsync(cancellationToken);
        return await FileWork.RunAsync(() => Task.FromResult(PictureCleaning.Run(content)), cancellationToken);
    }

    /// <summary>The row first: bytes that nobody claimed are swept, bytes that a row leads to are claimed by whoever looks at them first.</summary>
    private async Task<string> ShowAsync(Caller caller, Picture picture, CancellationToken cancellationToken)
    {
        string? old;
        try
        {
            old = await verbs.RunAsync<PictureRows, string?>(caller, rows => rows.ReplaceAsync(picture, cancellationToken), cancellationToken);
        }
        catch
        {
            await store.RemoveIncomingAsync(picture.ObjectKey, CancellationToken.None);
            throw;
        }

        await store.ClaimAsync(picture.ObjectKey, cancellationToken);
        if (old is not null)
        {
            await store.RemoveAsync(old, CancellationToken.None);
        }

        return picture.Url;
    }

    private static async Task<byte[]> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        using var content = new MemoryStream();
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (content.Length + read > MaxBytes)
            {
                throw PictureRefusals.TooLarge();
            }

            content.Write(buffer.AsSpan(0, read));
        }

        return content.ToArray();
    }
}
