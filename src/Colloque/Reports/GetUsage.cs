using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Colloque.Reports;

/// <summary>How much: visits that took place, and how long they were.</summary>
/// <param name="Consultations">Visits.</param>
/// <param name="Minutes">Of these, from start to end, each rounded to whole minutes.</param>
public sealed record UsageTotal(long Consultations, long Minutes);

/// <summary>A month of an organization.</summary>
/// <param name="Period">yyyy-MM.</param>
/// <param name="IsClosed">Over and frozen; nothing is told before.</param>
/// <param name="Total">Null where it would tell of fewer than five people, and where the organization wants no report. A month without visits is no exception.</param>
public sealed record UsageMonth(string Period, bool IsClosed, UsageTotal? Total);

/// <summary>A month of the caller's organization, as it was frozen: the same whenever it is asked for.</summary>
public sealed class GetUsage(ColloqueDb db, CallerScope scope, ReportSettings settings, MonthFreeze freeze, TimeProvider time)
{
    /// <summary>Three statements; two more where months have become due.</summary>
    /// <param name="period">Null: the last that is over.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators.</exception>
    public async Task<UsageMonth> RunAsync(YearMonth? period, CancellationToken cancellationToken)
    {
        var caller = scope.RequireOrganizationAdmin();
        var zone = (await Reader.FindAsync(db, settings, cancellationToken)).Zone;
        var last = settings.LastOver(time.GetMoment(), zone);
        var month = period ?? last;
        var text = Months.Text(month);
        if (month > last)
        {
            return new(text, IsClosed: false, null);
        }

        await freeze.FreezeAsync(caller.OrganizationId, cancellationToken);
        var totals = await db.Database.SqlQuery<UsageTotal>($"""select consultations::bigint "Consultations", minutes "Minutes" from usage_total({text})""").ToListAsync(cancellationToken);
        return new(text, IsClosed: true, totals is [var total] ? total : null);
    }
}
