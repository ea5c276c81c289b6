using Colloque.Organizations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Sends a person another invitation.</summary>
public sealed class InviteEmployee(ColloqueDb db, RateLimits limits, CallerScope scope, TimeProvider time)
{
    /// <summary>Three statements; the mail follows within seconds.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 404 absent and foreign alike; 409 <c>employee_already_active</c>, <c>employee_inactive</c>; 429.</exception>
    public async Task<Employee> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        var employee = (await EmployeeRow.GetAsync(db, id, cancellationToken)).ToEmployee();
        if (employee.ActivatedAt is not null || employee.Status == EmployeeStatus.Inactive)
        {
            throw employee.ActivatedAt is not null ? EmployeeRefusals.AlreadyActive() : EmployeeRefusals.Inactive();
        }

        // Of the person invited, not of who invites: nobody's mailbox is filled by an administrator's clicks.
        limits.Take(Limit.Invitation, id);
        await db.Database.ExecuteSqlAsync($"update employees e set invite_wanted_at = {time.GetMoment()} where e.id = {id} and e.tenant_id = current_tenant_id()", cancellationToken);
        return employee;
    }
}
