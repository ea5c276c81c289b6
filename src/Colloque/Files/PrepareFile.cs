using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Where to put the bytes of a file that was announced.</summary>
/// <param name="FileId">To confirm with.</param>
/// <param name="UploadUrl">Takes a <c>PUT</c> of exactly the announced size and type; needs no Authorization header.</param>
/// <param name="Bucket">Part of the URL.</param>
/// <param name="ObjectKey">Part of the URL.</param>
/// <param name="ExpiresAt">When the URL stops working.</param>
public sealed record PreparedFile(Guid FileId, string UploadUrl, string Bucket, string ObjectKey, DateTimeOffset ExpiresAt);

/// <summary>Announces a file: checks what is said of it and answers with a link that takes its bytes.</summary>
public sealed class PrepareFile(FileRows rows, ColloqueDb db, KeyRing keys, StorageLinks links, ObjectStore store, FileQuotas quotas, CallerScope scope, TimeProvider time) : IInTurn
{
    /// <summary>Uploads one person may have open in one conversation.</summary>
    public const int MaxOpenInConversation = 20;

    /// <summary>Uploads one person may have open in all.</summary>
    public const int MaxOpen = 50;

    /// <summary>Nothing is uploaded yet, and nobody sees it.</summary>
    /// <param name="conversationId">Where the file is to go.</param>
    /// <param name="announcement">What is said of it.</param>
    /// <param name="baseUrl">Scheme and authority that the link starts with, e.g. <c>https://colloque.example</c>.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">
    /// 403 administrators; 422 <c>filename</c>, <c>mimeType</c>, <c>sizeBytes</c>, <c>sha256</c>; 404 no seat; 409 closed, <c>quota_reached</c>; 429 too many open.
    /// </exception>
    public async Task<PreparedFile> RunAsync(Guid conversationId, FileAnnouncement announcement, string baseUrl, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var (name, type, size, sha256) = announcement.Parse();
        var label = new FileLabel(name, sha256, FrameCipher.NewKey());
        var place = new StoredObject(Guid.CreateVersion7(time.GetMoment()), FrameCipher.NewObjectKey(), label.Key, size);
        var file = await AddAsync(conversationId, place, label, type, cancellationToken);
        var (url, expiresAt) = links.Make(StorageLinks.Upload, new(caller, conversationId, file.Id, file.ObjectKey, size, type), baseUrl);
        return new(file.Id, url, StorageLinks.Bucket, file.ObjectKey, expiresAt);
    }

    /// <summary>The row of a file whose object is, or is to be, at <paramref name="place"/>.</summary>
    /// <exception cref="Refusal">404 no seat; 409 closed, <c>quota_reached</c>; 429 too many open.</exception>
    internal async Task<StoredFile> AddAsync(Guid conversationId, StoredObject place, FileLabel label, FileType type, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        if (!await rows.IsOpenAsync(conversationId, cancellationToken))
        {
            throw ConversationRefusals.Closed();
        }

        await MakeRoomAsync(caller, conversationId, cancellationToken);
        var ring = await keys.OfConversationAsync(db, conversationId, cancellationToken);
        var (ofPerson, ofOrganization) = await rows.KeptAsync(caller.UserId, ring.TenantId, cancellationToken);
        if (ofPerson + place.Size > quotas.PersonBytes || ofOrganization + place.Size > quotas.OrganizationBytes)
        {
            throw FileRefusals.QuotaReached();
        }

        var file = new StoredFile
        {
            Id = place.FileId,
            TenantId = ring.TenantId,
            ConversationId = conversationId,
            UploaderId = caller.UserId,
            Status = FileStatus.Prepared,
            MimeType = type.MimeType,
            SizeBytes = place.Size,
            Sealed = label.Seal(ring, ring.TenantId, conversationId, place.FileId, caller.UserId),
            ObjectKey = place.Key,
            CreatedAt = time.GetMoment(),
        };
        await rows.AddAsync(file, cancellationToken);
        return file;
    }

    /// <summary>
    /// At the limit the oldest upload gives way, if its link has expired: it was most likely given up. Links that still work stay,
    /// so the limit bounds what one person can put on the store.
    /// </summary>
    private async Task MakeRoomAsync(Caller caller, Guid conversationId, CancellationToken cancellationToken)
    {
        var open = await rows.OpenOnesAsync(caller, cancellationToken);
        var here = open.Where(f => f.ConversationId == conversationId).ToList();
        var oldest = here.Count >= MaxOpenInConversation ? here[0] : open.Count >= MaxOpen ? open[0] : null;
        if (oldest is null)
        {
            return;
        }

        var wait = oldest.CreatedAt + StorageLinks.Lifetime - time.GetMoment();
        if (wait > TimeSpan.Zero)
        {
            throw FileRefusals.TooManyOpen(wait);
        }

        await rows.RemoveAsync(oldest.Id, cancellationToken);
        await store.RemoveAsync(oldest.ObjectKey, CancellationToken.None);
    }
}
