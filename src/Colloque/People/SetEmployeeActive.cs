using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Lets a person of the organization in, or keeps them out: kept out, every sign-in of theirs ends within 5 s.</summary>
public sealed class SetEmployeeActive(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>Two statements; what is so already stays so.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 404 absent and foreign alike.</exception>
    public async Task<Employee> RunAsync(Guid id, bool active, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        var now = time.GetMoment();
        await db.Database.ExecuteSqlAsync(
            $"""
            update employees e set deactivated_at = case when {active} then null else {now} end, updated_at = {now}
            where e.id = {id} and e.tenant_id = current_tenant_id() and e.removed_at is null and (e.deactivated_at is null) <> {active}
            """,
            cancellationToken);
        return (await EmployeeRow.GetAsync(db, id, cancellationToken)).ToEmployee();
    }
}
