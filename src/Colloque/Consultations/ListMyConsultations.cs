using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Consultations;

/// <summary>Which of one's own visits.</summary>
public enum ConsultationList
{
    /// <summary>All, newest planned start first.</summary>
    All,

    /// <summary>Those still to come or under way, the next first.</summary>
    Upcoming,

    /// <summary>Those that ended, were called off or missed, the latest first.</summary>
    History,
}

/// <summary>What a list is narrowed to; null: not at all.</summary>
/// <param name="Status">Only in this state.</param>
/// <param name="Format">Only of this format.</param>
/// <param name="From">Planned then or later.</param>
/// <param name="Until">Planned before then.</param>
public sealed record ConsultationFilter(ConsultationStatus? Status = null, ConsultationFormat? Format = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>Lists one's own visits.</summary>
public sealed class ListMyConsultations(ColloqueDb db, ConsultationReader reader, CallerScope scope)
{
    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Always = new(1, 1, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One query, and one for the keys where somebody gave a reason.</summary>
    /// <param name="which">Of which states, in which order.</param>
    /// <param name="filter">Narrowed to what.</param>
    /// <param name="cursor">From <c>nextCursor</c>; null for the start.</param>
    /// <param name="limit">1..100.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">403 administrators; 422 <c>cursor</c>, <c>limit</c>.</exception>
    public async Task<(IReadOnlyList<ConsultationView> Items, string? NextCursor)> RunAsync(
        ConsultationList which, ConsultationFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        if (limit is < 1 or > 100)
        {
            throw Refusal.Invalid("limit");
        }

        var ascending = which == ConsultationList.Upcoming;
        var (time, id) = PageCursor.ToTime(cursor) ?? (ascending ? (Always, Guid.Empty) : (Never, Guid.AllBitsSet));
        var statuses = StatusesOf(which).Where(s => filter.Status is null || s == filter.Status).Select(static s => s.ToString()).ToArray();
        var formats = Enum.GetValues<ConsultationFormat>().Where(f => filter.Format is null || f == filter.Format).Select(static f => f.ToString()).ToArray();
        var rows = await ConsultationRow.ManyAsync(
            db, statuses, formats, filter.From ?? Always, filter.Until ?? Never, ascending, time, id, limit + 1, cancellationToken);
        var items = await reader.OpenAsync([.. rows.Take(limit)], cancellationToken);
        return (items, rows.Count > limit ? PageCursor.OfTime(items[^1].ScheduledAt, items[^1].Id) : null);
    }

    private static ConsultationStatus[] StatusesOf(ConsultationList which) => which switch
    {
        ConsultationList.Upcoming => [ConsultationStatus.Scheduled, ConsultationStatus.Confirmed, ConsultationStatus.InProgress],
        ConsultationList.History => [ConsultationStatus.Completed, ConsultationStatus.Cancelled, ConsultationStatus.NoShow],
        _ => Enum.GetValues<ConsultationStatus>(),
    };
}
