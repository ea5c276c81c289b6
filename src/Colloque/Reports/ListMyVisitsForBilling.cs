using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Colloque.Reports;

/// <summary>A visit as it is billed: whose it was is not in it.</summary>
/// <param name="Date">The day it began, where the practitioner is.</param>
/// <param name="Format">How the two met.</param>
/// <param name="PlannedMinutes">As it was booked.</param>
/// <param name="ActualMinutes">From start to end, rounded to whole minutes.</param>
public sealed record BilledVisit(DateOnly Date, ConsultationFormat Format, int PlannedMinutes, long ActualMinutes);

/// <summary>A practitioner's month.</summary>
/// <param name="Period">yyyy-MM.</param>
/// <param name="TimeZone">Where its days are those of.</param>
/// <param name="IsClosed">False while visits may be added.</param>
/// <param name="Visits">Those that took place, the first first.</param>
public sealed record BilledMonth(string Period, string TimeZone, bool IsClosed, IReadOnlyList<BilledVisit> Visits);

/// <summary>Lists one's own visits of a month for billing: a practitioner's, without a word of the patients.</summary>
public sealed class ListMyVisitsForBilling(ColloqueDb db, CallerScope scope, ReportSettings settings, TimeProvider time)
{
    /// <summary>Two statements.</summary>
    /// <param name="period">Null: the month before this one.</param>
    /// <param name="cancellationToken">Cancels them.</param>
    /// <exception cref="Refusal">403 to everyone but practitioners.</exception>
    public async Task<BilledMonth> RunAsync(YearMonth? period, CancellationToken cancellationToken)
    {
        if (scope.Required.Role is not Role.Practitioner)
        {
            throw Refusal.Forbidden();
        }

        var zone = (await Reader.FindAsync(db, settings, cancellationToken)).Zone;
        var present = Months.Of(time.GetMoment(), zone);
        var month = period ?? present.PlusMonths(-1);
        var (begins, ends) = (Months.Start(month, zone), Months.Start(month.PlusMonths(1), zone));
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select c.started_at "StartedAt", c.format "Format", c.duration_minutes "PlannedMinutes",
              greatest(0, round(extract(epoch from c.closed_at - c.started_at) / 60))::bigint "ActualMinutes"
            from consultations c
            where c.practitioner_id = current_user_id() and c.status = 'Completed' and c.started_at >= {begins} and c.started_at < {ends} and c.closed_at is not null
            order by c.started_at, c.id
            """).ToListAsync(cancellationToken);
        return new(Months.Text(month), zone.Id, month < present, [.. rows.Select(r => r.ToVisit(zone))]);
    }

    private sealed record Row(DateTimeOffset StartedAt, string Format, int PlannedMinutes, long ActualMinutes)
    {
        internal BilledVisit ToVisit(DateTimeZone zone) =>
            new(Instant.FromDateTimeOffset(StartedAt).InZone(zone).Date.ToDateOnly(), Enum.Parse<ConsultationFormat>(Format), PlannedMinutes, ActualMinutes);
    }
}
