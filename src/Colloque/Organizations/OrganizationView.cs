using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>An organization as its administrators and the platform's see it.</summary>
/// <param name="Organization">What it says of itself, and where it stands.</param>
/// <param name="Employees">People on its staff list.</param>
/// <param name="Practitioners">Practitioners of its own, active ones.</param>
public sealed record OrganizationView(Organization Organization, int Employees, int Practitioners);

internal sealed record OrganizationCount(Guid OrganizationId, int Employees, int Practitioners)
{
    /// <summary>The same organizations, counted: one statement.</summary>
    internal static async Task<IReadOnlyList<OrganizationView>> AddToAsync(ColloqueDb db, IReadOnlyList<Organization> organizations, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. organizations.Select(static o => o.Id)];
        var counts = await db.Database.SqlQuery<OrganizationCount>(
            $"""select organization_id as "OrganizationId", employees as "Employees", practitioners as "Practitioners" from organizations_counts({ids})""")
            .ToDictionaryAsync(static c => c.OrganizationId, cancellationToken);
        return [.. organizations.Select(o => new OrganizationView(o, counts[o.Id].Employees, counts[o.Id].Practitioners))];
    }
}
