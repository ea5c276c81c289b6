using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Consultations;

/// <summary>Lists one's own visits, newest planned start first.</summary>
public sealed class ListMyConsultations(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query.</summary>
    /// <param name="status">Only these; null for all.</param>
    /// <param name="cursor">From <c>nextCursor</c>; null for the start.</param>
    /// <param name="limit">1..100.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">403 administrators; 422 <c>cursor</c>, <c>limit</c>.</exception>
    public async Task<(IReadOnlyList<ConsultationView> Items, string? NextCursor)> RunAsync(
        ConsultationStatus? status, string? cursor, int limit, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        if (limit is < 1 or > 100)
        {
            throw Refusal.Invalid("limit");
        }

        var (time, id) = PageCursor.ToTime(cursor) ?? (new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), Guid.AllBitsSet);
        var rows = await ConsultationRow.ManyAsync(db, status?.ToString(), time, id, limit + 1, cancellationToken);
        var items = rows.Take(limit).Select(static r => r.ToView()).ToArray();
        return (items, rows.Count > limit ? PageCursor.OfTime(items[^1].ScheduledAt, items[^1].Id) : null);
    }
}
