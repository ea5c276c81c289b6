using Colloque.Organizations;
using Colloque.People;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Reports;

/// <summary>A frozen month of one person.</summary>
/// <param name="Period">yyyy-MM.</param>
/// <param name="Consultations">Visits.</param>
/// <param name="Minutes">Of these, from start to end, each rounded to whole minutes.</param>
public sealed record EmployeeMonth(string Period, int Consultations, long Minutes);

/// <summary>The frozen months of one person of the caller's organization: those that have lines.</summary>
public sealed class GetUsageOfEmployee(ColloqueDb db, CallerScope scope, MonthFreeze freeze)
{
    /// <summary>Three statements; two more where months have become due.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 404 absent and foreign alike.</exception>
    public async Task<(Employee Employee, IReadOnlyList<EmployeeMonth> Months)> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = scope.RequireOrganizationAdmin();
        var employee = (await EmployeeRow.GetAsync(db, id, cancellationToken)).ToEmployee();
        await freeze.FreezeAsync(caller.OrganizationId, cancellationToken);
        var months = await db.Database.SqlQuery<EmployeeMonth>(
            $"""select period "Period", consultations "Consultations", minutes "Minutes" from usage_of_employee({id})""").ToListAsync(cancellationToken);
        return (employee, months);
    }
}
