using Colloque.Organizations;
using Colloque.Storage;

namespace Colloque.People;

/// <summary>Shows one person of the caller's organization.</summary>
public sealed class GetEmployee(ColloqueDb db, CallerScope scope)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 404 absent and foreign alike.</exception>
    public async Task<Employee> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        return (await EmployeeRow.GetAsync(db, id, cancellationToken)).ToEmployee();
    }
}
