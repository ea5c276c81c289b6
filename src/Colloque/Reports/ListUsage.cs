using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Colloque.Reports;

/// <summary>A person's month.</summary>
/// <param name="EmployeeId">Of the entry on the staff list.</param>
/// <param name="Name">As it stands there now.</param>
/// <param name="SortName">What the lines are in the order of.</param>
/// <param name="Consultations">Visits.</param>
/// <param name="Minutes">Of these, from start to end, each rounded to whole minutes.</param>
public sealed record UsageLine(Guid EmployeeId, string Name, string SortName, int Consultations, long Minutes);

/// <summary>Lists the lines of a frozen month, by name: none where the organization's form has none.</summary>
public sealed class ListUsage(ColloqueDb db, CallerScope scope)
{
    /// <summary>One statement.</summary>
    /// <param name="period">A month.</param>
    /// <param name="after">The last line one has; null for the first.</param>
    /// <param name="most">1 or more.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators.</exception>
    public async Task<IReadOnlyList<UsageLine>> RunAsync(YearMonth period, UsageLine? after, int most, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        var (name, id) = (after?.SortName ?? "", after?.EmployeeId ?? Guid.Empty);
        return await db.Database.SqlQuery<UsageLine>(
            $"""
            select employee_id "EmployeeId", name "Name", sort_name "SortName", consultations "Consultations", minutes "Minutes"
            from usage_page({Months.Text(period)}, {name}, {id}, {most})
            """).ToListAsync(cancellationToken);
    }
}
