using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>What a storage link leads to.</summary>
internal sealed record LinkedFile(StoredObject Object, string Name, string MimeType);

/// <summary>Finds what a link leads to, a file of a conversation or one of a person, as the link's holder: under their policies, at this moment.</summary>
public sealed class LinkedFiles(Verbs verbs, KeyRing keys)
{
    /// <summary>Null where the holder has no such file (any more) in this state of its life.</summary>
    internal Task<LinkedFile?> FindAsync(FileTicket ticket, FileStatus status, CancellationToken cancellationToken) =>
        ticket.ConversationId == Guid.Empty ? OfPersonAsync(ticket, status, cancellationToken) : OfConversationAsync(ticket, status, cancellationToken);

    private async Task<LinkedFile?> OfConversationAsync(FileTicket ticket, FileStatus status, CancellationToken cancellationToken)
    {
        var file = await verbs.RunAsync<FileRows, StoredFile?>(
            ticket.Caller,
            r => status == FileStatus.Confirmed ? r.FindShownAsync(ticket.ConversationId, ticket.FileId, cancellationToken) : r.FindAsync(ticket.ConversationId, ticket.FileId, cancellationToken),
            cancellationToken);
        if (file is null || file.Status != status)
        {
            return null;
        }

        var ring = await keys.OfConversationAsync(ticket.Caller, file.ConversationId, cancellationToken);
        var label = FileLabel.Open(ring, file.Sealed, file.TenantId, file.ConversationId, file.Id, file.UploaderId);
        return new(StoredObject.Of(file, label), label.Name, file.MimeType);
    }

    private async Task<LinkedFile?> OfPersonAsync(FileTicket ticket, FileStatus status, CancellationToken cancellationToken)
    {
        var file = await verbs.RunAsync<PersonFileRows, PersonFile?>(ticket.Caller, r => r.FindAsync(ticket.FileId, cancellationToken), cancellationToken);
        return file is not null && file.Status == status ? new(file.Object, file.Label.Name, file.Type.MimeType) : null;
    }
}
