using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>Shows an organization: to its own administrators, and to the platform's.</summary>
public sealed class GetOrganization(ColloqueDb db, CallerScope scope)
{
    /// <summary>Two statements.</summary>
    /// <param name="id">Null: the caller's own.</param>
    /// <param name="cancellationToken">Cancels them.</param>
    /// <exception cref="Refusal">403 to those who give or receive care; 404 for absent and foreign ones alike.</exception>
    public async Task<OrganizationView> RunAsync(Guid? id, CancellationToken cancellationToken)
    {
        var wanted = id ?? scope.RequireAdmin().OrganizationId;
        scope.RequireAdmin();
        // The policy shows an organization's administrator no other.
        var organization = await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == wanted, cancellationToken) ?? throw Refusal.NotFound();
        return (await OrganizationCount.AddToAsync(db, [organization], cancellationToken))[0];
    }
}
