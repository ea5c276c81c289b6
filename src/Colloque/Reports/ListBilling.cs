using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Colloque.Reports;

/// <summary>A month of one organization, as the platform bills it.</summary>
/// <param name="OrganizationId">Which.</param>
/// <param name="Name">Its name.</param>
/// <param name="Consultations">Null where it would tell of fewer than five people; a month without visits is no exception.</param>
/// <param name="Minutes">Null with <paramref name="Consultations"/>.</param>
public sealed record BilledOrganization(Guid OrganizationId, string Name, int? Consultations, long? Minutes);

/// <summary>Lists a frozen month of every organization, by name.</summary>
public sealed class ListBilling(ColloqueDb db, CallerScope scope, ReportSettings settings, MonthFreeze freeze, TimeProvider time)
{
    /// <summary>One statement; the first page freezes what is due before.</summary>
    /// <param name="period">A month that is over everywhere; null: the last.</param>
    /// <param name="after">The last line one has; null for the first.</param>
    /// <param name="most">1 or more.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 to everyone but the platform's administrators; 409 <c>period_not_closed</c>.</exception>
    public async Task<(YearMonth Month, IReadOnlyList<BilledOrganization> Lines)> RunAsync(YearMonth? period, BilledOrganization? after, int most, CancellationToken cancellationToken)
    {
        if (scope.Required.Role is not Role.PlatformAdmin)
        {
            throw Refusal.Forbidden();
        }

        var last = Months.Of(time.GetMoment() - settings.PlatformAfter, settings.Zone(null)).PlusMonths(-1);
        var month = period ?? last;
        if (month > last)
        {
            throw ReportRefusals.NotClosed();
        }

        if (after is null)
        {
            await freeze.FreezeAsync(null, cancellationToken);
        }

        var (name, id) = (after?.Name ?? "", after?.OrganizationId ?? Guid.Empty);
        return (month, await db.Database.SqlQuery<BilledOrganization>(
            $"""
            select organization_id "OrganizationId", name "Name", consultations "Consultations", minutes "Minutes"
            from usage_billing({Months.Text(month)}, {name}, {id}, {most})
            """).ToListAsync(cancellationToken));
    }
}
