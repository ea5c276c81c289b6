using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Reports;

/// <summary>A month of the whole platform.</summary>
/// <param name="Period">yyyy-MM.</param>
/// <param name="Total">Null where it would tell of fewer than five people. Organizations with fewer are in it together, where together they are five.</param>
public sealed record PlatformMonth(string Period, UsageTotal? Total);

/// <summary>The platform's last twelve months that are over.</summary>
public sealed class CountPlatformMonths(ColloqueDb db, CallerScope scope, ReportSettings settings, MonthFreeze freeze, TimeProvider time)
{
    private const int Count = 12;

    /// <summary>Three statements, and more where months have become due.</summary>
    /// <exception cref="Refusal">403 to everyone but those who run the platform.</exception>
    public async Task<IReadOnlyList<PlatformMonth>> RunAsync(CancellationToken cancellationToken)
    {
        scope.RequirePlatform();
        await freeze.FreezeAsync(null, cancellationToken);
        var last = Months.Of(time.GetMoment() - settings.PlatformAfter, settings.Zone(null)).PlusMonths(-1);
        var months = Months.Between(last.PlusMonths(1 - Count), last).Select(Months.Text).ToArray();
        var told = await db.Database.SqlQuery<Row>(
            $"""select period "Period", consultations "Consultations", minutes "Minutes" from usage_platform({months[0]}, {months[^1]})""")
            .ToDictionaryAsync(static r => r.Period, static r => new UsageTotal(r.Consultations, r.Minutes), cancellationToken);
        return [.. months.Select(m => new PlatformMonth(m, told.GetValueOrDefault(m)))];
    }

    private sealed record Row(string Period, long Consultations, long Minutes);
}
