using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Announces a file of one's own: checks what is said of it and answers with a link that takes its bytes.</summary>
public sealed class PreparePersonFile(PersonFileRows rows, StorageLinks links, ObjectStore store, CallerScope scope, TimeProvider time) : IInTurn
{
    /// <summary>Uploads one person may have open.</summary>
    public const int MaxOpen = 20;

    /// <summary>Papers one practitioner may hand in.</summary>
    public const int MaxPapers = 30;

    /// <summary>Private files one person may keep.</summary>
    public const int MaxPrivate = 100;

    // A paper is read, not listened to.
    private static readonly FileType[] PaperTypes = [FileType.Pdf, FileType.Jpeg, FileType.Png, FileType.Webp, FileType.Doc, FileType.Docx];

    /// <summary>Nothing is uploaded yet, and nobody else sees it.</summary>
    /// <param name="kind">What it is for; papers are a practitioner's.</param>
    /// <param name="announcement">What is said of it.</param>
    /// <param name="baseUrl">Scheme and authority that the link starts with.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 papers of others than practitioners; 422 naming the member; 409 <c>too_many_files</c>; 429 too many open.</exception>
    public async Task<PreparedFile> RunAsync(PersonFileKind kind, FileAnnouncement announcement, string baseUrl, CancellationToken cancellationToken)
    {
        var (name, type, size, sha256) = announcement.Parse();
        var file = await AddAsync(New(kind, name, type, size, sha256), cancellationToken);
        var (url, expiresAt) = links.Make(StorageLinks.Upload, new(scope.Required, Guid.Empty, file.Id, file.ObjectKey, size, type), baseUrl);
        return new(file.Id, url, StorageLinks.Bucket, file.ObjectKey, expiresAt);
    }

    /// <summary>A file that has no row yet.</summary>
    /// <exception cref="Refusal">403; 422.</exception>
    internal PersonFile New(PersonFileKind kind, string name, FileType type, long size, string? sha256)
    {
        var caller = scope.Required;
        if (kind != PersonFileKind.Private && caller.Role != Role.Practitioner)
        {
            throw Refusal.Forbidden();
        }

        if (kind != PersonFileKind.Private && !PaperTypes.Contains(type))
        {
            throw FileRefusals.Type();
        }

        var now = time.GetMoment();
        return new(Guid.CreateVersion7(now), caller.UserId, kind, FileStatus.Prepared, type, size, FrameCipher.NewObjectKey(), new(name, sha256, FrameCipher.NewKey()), now);
    }

    internal async Task<PersonFile> AddAsync(PersonFile file, CancellationToken cancellationToken)
    {
        await MakeRoomAsync(file, cancellationToken);
        await rows.AddAsync(file, cancellationToken);
        return file;
    }

    /// <summary>Uploads whose links have expired give way: they were most likely given up. Those that still work stay, so the limit bounds what one person can put on the store.</summary>
    private async Task MakeRoomAsync(PersonFile file, CancellationToken cancellationToken)
    {
        var (open, kept, papers, oldest) = await rows.CountAsync(file.OwnerId, cancellationToken);
        if (file.Kind == PersonFileKind.Private ? kept >= MaxPrivate : papers >= MaxPapers)
        {
            throw FileRefusals.TooMany();
        }

        if (open < MaxOpen)
        {
            return;
        }

        var expired = await rows.RemoveExpiredAsync(file.OwnerId, file.CreatedAt - StorageLinks.Lifetime, cancellationToken);
        if (expired.Count == 0)
        {
            throw FileRefusals.TooManyOpen(oldest!.Value + StorageLinks.Lifetime - file.CreatedAt);
        }

        foreach (var objectKey in expired)
        {
            await store.RemoveAsync(objectKey, CancellationToken.None);
        }
    }
}
