using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Colloque.Reports;

/// <summary>A month of a practitioner.</summary>
/// <param name="Period">yyyy-MM.</param>
/// <param name="Count">Visits that took place.</param>
/// <param name="PlannedMinutes">Of these, as they were booked.</param>
/// <param name="ActualMinutes">Of these, from start to end, each rounded to whole minutes.</param>
/// <param name="NoShows">Visits that somebody did not come to.</param>
/// <param name="Cancelled">Visits called off.</param>
public sealed record PracticeMonth(string Period, int Count, long PlannedMinutes, long ActualMinutes, int NoShows, int Cancelled);

/// <summary>Counts one's own visits by month, from what the server saw of them: a practitioner's, in their own time zone, this month as far as it is.</summary>
public sealed class CountMyVisits(ColloqueDb db, CallerScope scope, ReportSettings settings, TimeProvider time)
{
    /// <summary>Months at once, at most.</summary>
    public const int Most = 60;

    private const int Usual = 12;

    /// <summary>Two statements.</summary>
    /// <param name="from">The first month; null: a year with the last one.</param>
    /// <param name="to">The last month; null: the present one.</param>
    /// <param name="cancellationToken">Cancels them.</param>
    /// <returns>The zone's name, and every month asked for, empty ones too.</returns>
    /// <exception cref="Refusal">403 to everyone but practitioners; 422 <c>from</c>: after <paramref name="to"/>, or too long before it.</exception>
    public async Task<(string TimeZone, IReadOnlyList<PracticeMonth> Months)> RunAsync(YearMonth? from, YearMonth? to, CancellationToken cancellationToken)
    {
        if (scope.Required.Role is not Role.Practitioner)
        {
            throw Refusal.Forbidden();
        }

        var zone = (await Reader.FindAsync(db, settings, cancellationToken)).Zone;
        var last = to ?? Months.Of(time.GetMoment(), zone);
        var first = from ?? last.PlusMonths(1 - Usual);
        if (first > last || first.PlusMonths(Most - 1) < last)
        {
            throw Refusal.Invalid("from");
        }

        var months = Months.Between(first, last);
        string[] periods = [.. months.Select(Months.Text)];
        DateTimeOffset[] starts = [.. months.Select(m => Months.Start(m, zone))];
        DateTimeOffset[] ends = [.. months.Select(m => Months.Start(m.PlusMonths(1), zone))];
        // A visit that took place is of the month it began in; one that did not, of the month it was planned for.
        return (zone.Id, await db.Database.SqlQuery<PracticeMonth>(
            $"""
            select m.period "Period", count(*) filter (where v.status = 'Completed')::integer "Count",
              coalesce(sum(v.duration_minutes) filter (where v.status = 'Completed'), 0)::bigint "PlannedMinutes",
              coalesce(sum(greatest(0, round(extract(epoch from v.closed_at - v.started_at) / 60))) filter (where v.status = 'Completed'), 0)::bigint "ActualMinutes",
              count(*) filter (where v.status = 'NoShow')::integer "NoShows", count(*) filter (where v.status = 'Cancelled')::integer "Cancelled"
            from unnest({periods}, {starts}, {ends}) m (period, begins, ends)
            left join (
              select c.status, c.duration_minutes, c.started_at, c.closed_at, case when c.status = 'Completed' then coalesce(c.started_at, c.scheduled_at) else c.scheduled_at end as at
              from consultations c where c.practitioner_id = current_user_id() and c.status in ('Completed', 'NoShow', 'Cancelled')) v on v.at >= m.begins and v.at < m.ends
            group by m.period order by m.period
            """).ToListAsync(cancellationToken));
    }
}
