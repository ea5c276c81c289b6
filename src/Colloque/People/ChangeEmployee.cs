using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Changes what the organization writes of a person. The address stays: it is how the person signs in, and theirs to change.</summary>
public sealed class ChangeEmployee(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>Two statements. An account's name follows.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 404 absent and foreign alike; 422 naming the member.</exception>
    public async Task<Employee> RunAsync(Guid id, EmployeeDraft draft, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        var d = EmployeeText.Parse(draft);
        await db.Database.ExecuteSqlAsync(
            $"""
            update employees e set first_name = coalesce({d.FirstName}, e.first_name), last_name = coalesce({d.LastName}, e.last_name),
              department = case when {d.Department}::text is null then e.department else nullif({d.Department}, '') end,
              position = case when {d.Position}::text is null then e.position else nullif({d.Position}, '') end,
              phone_number = case when {d.PhoneNumber}::text is null then e.phone_number else nullif({d.PhoneNumber}, '') end,
              language = coalesce({d.Language}, e.language), updated_at = {time.GetMoment()}
            where e.id = {id} and e.tenant_id = current_tenant_id() and e.removed_at is null
            """,
            cancellationToken);
        return (await EmployeeRow.GetAsync(db, id, cancellationToken)).ToEmployee();
    }
}
