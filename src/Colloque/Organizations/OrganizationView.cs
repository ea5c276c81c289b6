using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>An organization as its administrators and the platform's see it.</summary>
/// <param name="Organization">What it says of itself, and where it stands.</param>
/// <param name="Employees">People on its staff list.</param>
/// <param name="Practitioners">Practitioners of its own, active ones.</param>
/// <param name="LogoUrl">Null without one.</param>
/// <param name="CoverUrl">Null without one.</param>
public sealed record OrganizationView(Organization Organization, int Employees, int Practitioners, string? LogoUrl, string? CoverUrl);

internal sealed record OrganizationCount(Guid OrganizationId, int Employees, int Practitioners, string? LogoUrl, string? CoverUrl)
{
    /// <summary>The same organizations, counted: one statement.</summary>
    internal static async Task<IReadOnlyList<OrganizationView>> AddToAsync(ColloqueDb db, IReadOnlyList<Organization> organizations, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. organizations.Select(static o => o.Id)];
        var counts = await db.Database.SqlQuery<OrganizationCount>(
            $"""
            select organization_id as "OrganizationId", employees as "Employees", practitioners as "Practitioners",
              picture_url(organization_id, 'Logo') as "LogoUrl", picture_url(organization_id, 'Cover') as "CoverUrl"
            from organizations_counts({ids})
            """)
            .ToDictionaryAsync(static c => c.OrganizationId, cancellationToken);
        return [.. organizations.Select(o => (Organization: o, Count: counts[o.Id])).Select(static x => new OrganizationView(x.Organization, x.Count.Employees, x.Count.Practitioners, x.Count.LogoUrl, x.Count.CoverUrl))];
    }
}
