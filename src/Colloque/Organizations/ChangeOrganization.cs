using Colloque.Reports;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>Changes what an organization says of itself: its own administrator, or one of the platform.</summary>
public sealed class ChangeOrganization(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>At most six statements.</summary>
    /// <param name="id">Null: the caller's own.</param>
    /// <param name="profile">What is to change.</param>
    /// <param name="domain">Null leaves it, an empty text takes it away: the platform's alone.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 to those who give or receive care, <c>domain_set_by_platform</c> and <c>usage_report_set_by_organization</c>; 404 absent and foreign alike; 409 <c>domain_taken</c>; 422 naming the member.</exception>
    public async Task<OrganizationView> RunAsync(Guid? id, OrganizationProfile profile, string? domain, CancellationToken cancellationToken)
    {
        var caller = scope.RequireAdmin();
        var wanted = id ?? caller.OrganizationId;
        var organization = await db.Organizations.SingleOrDefaultAsync(o => o.Id == wanted, cancellationToken) ?? throw Refusal.NotFound();
        profile.ApplyTo(organization);
        await db.SaveChangesAsync(cancellationToken);
        await SetDomainAsync(caller, organization, domain, cancellationToken);
        await SetUsageReportAsync(caller, profile.UsageReport, cancellationToken);
        var changed = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == wanted, cancellationToken);
        return (await OrganizationCount.AddToAsync(db, [changed], cancellationToken))[0];
    }

    private async Task SetUsageReportAsync(Caller caller, UsageReportForm? form, CancellationToken cancellationToken)
    {
        if (form is null)
        {
            return;
        }

        if (caller.Role is not Role.OrganizationAdmin)
        {
            throw ReportRefusals.FormIsTheOrganizations();
        }

        await db.Database.ExecuteSqlAsync($"select usage_choose({form.ToString()}, {time.GetMoment()})", cancellationToken);
    }

    private async Task SetDomainAsync(Caller caller, Organization organization, string? domain, CancellationToken cancellationToken)
    {
        if (domain is null || domain.Trim().TrimStart('@').Equals(organization.Domain ?? "", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (caller.Role is not (Role.PlatformAdmin or Role.SuperAdmin))
        {
            throw OrganizationRefusals.DomainIsThePlatforms();
        }

        await OrganizationDomain.SetAsync(db, organization.Id, domain.Trim().Length == 0 ? null : MailDomain.Parse(domain), cancellationToken);
    }
}
