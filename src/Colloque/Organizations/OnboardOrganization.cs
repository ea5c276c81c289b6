using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>An organization to be added.</summary>
/// <param name="Profile">What it says of itself; its name is needed.</param>
/// <param name="Slug">Null: made of the name.</param>
/// <param name="Domain">Of its addresses; null for none.</param>
/// <param name="Validated">Accepted in the same step.</param>
public sealed record NewOrganization(OrganizationProfile Profile, string? Slug, string? Domain, bool Validated);

/// <summary>Adds an organization to the platform.</summary>
public sealed class OnboardOrganization(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>At most seven statements.</summary>
    /// <exception cref="Refusal">403 below the platform's administrators; 409 <c>slug_taken</c>, <c>domain_taken</c>; 422 naming the member.</exception>
    public async Task<OrganizationView> RunAsync(NewOrganization draft, CancellationToken cancellationToken)
    {
        scope.RequirePlatform();
        var now = time.GetMoment();
        var id = Guid.CreateVersion7(now);
        var name = Accounts.PersonName.Parse(draft.Profile.Name);
        var organization = new Organization { Id = id, Name = name, Slug = await FreeSlugAsync(draft.Slug, name, id, cancellationToken), CreatedAt = now };
        draft.Profile.ApplyTo(organization);
        await InsertAsync(organization, cancellationToken);
        if (draft.Domain is { Length: > 0 } domain)
        {
            await OrganizationDomain.SetAsync(db, id, MailDomain.Parse(domain), cancellationToken);
        }

        if (draft.Validated)
        {
            await db.Database.SqlQuery<bool>($"select organizations_validate({id}, {now}) as \"Value\"").ToListAsync(cancellationToken);
        }

        var made = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == id, cancellationToken);
        return new(made, 0, 0, null, null);
    }

    /// <summary>A slug that was asked for is given or refused; one of our own making gives way.</summary>
    private async Task<string> FreeSlugAsync(string? wanted, string name, Guid id, CancellationToken cancellationToken)
    {
        var slug = wanted is null ? Slug.Of(name) : Slug.Parse(wanted);
        return !await db.Organizations.AnyAsync(o => o.Slug == slug, cancellationToken) ? slug
            : wanted is null ? Slug.Of(name, id)
            : throw OrganizationRefusals.SlugTaken();
    }

    /// <summary>Two who ask for one slug at the same time: the second insert finds nothing to do.</summary>
    private async Task InsertAsync(Organization o, CancellationToken cancellationToken)
    {
        var inserted = await db.Database.ExecuteSqlAsync(
            $"""
            insert into organizations (id, name, slug, sector, size, street, city, country, primary_color, contact_email, contact_phone, website_url, auto_approve_employees,
              allow_internal_news, created_at)
            values ({o.Id}, {o.Name}, {o.Slug}, {o.Sector}, {o.Size?.ToString()}, {o.Street}, {o.City}, {o.Country}, {o.PrimaryColor}, {o.ContactEmail}, {o.ContactPhone},
              {o.WebsiteUrl}, {o.AutoApproveEmployees}, {o.AllowInternalNews}, {o.CreatedAt})
            on conflict (slug) do nothing
            """,
            cancellationToken);
        if (inserted == 0)
        {
            throw OrganizationRefusals.SlugTaken();
        }
    }
}
