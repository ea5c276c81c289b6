using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Consultations;

/// <summary>Reads visits with what was written when they were booked or called off: sealed in their rows, opened for the two alone.</summary>
public sealed class ConsultationReader(ColloqueDb db, KeyRing keys)
{
    /// <summary>One query, and one for the key where somebody wrote something.</summary>
    /// <exception cref="Refusal">404: absent, or another's.</exception>
    internal async Task<ConsultationView> OneAsync(Guid id, CancellationToken cancellationToken)
    {
        var rows = await ConsultationRow.OneAsync(db, id, cancellationToken);
        return rows.Count == 1 ? (await OpenAsync(rows, cancellationToken))[0] : throw Refusal.NotFound();
    }

    /// <summary>At most one query, for all their keys.</summary>
    internal async Task<IReadOnlyList<ConsultationView>> OpenAsync(IReadOnlyList<ConsultationRow> rows, CancellationToken cancellationToken)
    {
        var written = rows.Where(static r => r.ReasonSealed is not null || r.CancelReasonSealed is not null).Select(static r => r.Id).ToArray();
        var ring = written.Length == 0 ? null : await keys.OfConversationsAsync(db, written, cancellationToken);
        return [.. rows.Select(r => r.ToView(Open(ring, r.ReasonSealed, ReasonPlace, r, r.BookedBy), Open(ring, r.CancelReasonSealed, CancelReasonPlace, r, r.CancelledBy)))];
    }

    internal static SealedPlace ReasonPlace(Guid tenant, Guid id, Guid author) => new("consultations.reason", tenant, id, id, author, 1);

    internal static SealedPlace CancelReasonPlace(Guid tenant, Guid id, Guid author) => new("consultations.cancel_reason", tenant, id, id, author, 1);

    private static string? Open(
        IReadOnlyDictionary<Guid, ConversationKeys>? ring, byte[]? record, Func<Guid, Guid, Guid, SealedPlace> place, ConsultationRow row, Guid? author) =>
        record is null || author is null || ring?.GetValueOrDefault(row.Id) is not { } keys
            ? null
            : ContentCipher.OpenText(keys.For(record), record, place(row.TenantId, row.Id, author.Value));
}
