using Colloque.Organizations;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's companies module: <c>/api/companies</c>, and the same under the platform's own paths.</summary>
internal static class CompaniesApi
{
    internal static void MapCompanies(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").RequireCaller().WithTags("Companies").Audited("organization");
        group.MapPost("companies", static (HttpContext http, Verbs verbs) => CreateAsync(http, verbs, validated: false))
            .WithSummary("Add an organization, to be validated.").Accepts<CompanyBody>("application/json").Produces<Company>(201).Allow(Access.Platform);
        group.MapPost("admin-huntzen/companies", static (HttpContext http, Verbs verbs) => CreateAsync(http, verbs, validated: true))
            .WithSummary("Add an organization and validate it.").Accepts<CompanyBody>("application/json").Produces<Company>(201).Allow(Access.Platform);
        group.MapGet("companies", ListAsync).WithSummary("The platform's organizations, newest first.").Produces<CompanyPage>().Allow(Role.PlatformAdmin);
        group.MapGet("super-admin/companies", ListAsync).WithSummary("The platform's organizations with their counts, newest first.").Produces<CompanyPage>().Allow(Role.SuperAdmin);
        group.MapGet("companies/me", static (HttpContext http, Verbs verbs) => ShowAsync(null, http, verbs))
            .WithSummary("One's own organization.").Produces<Company>().Allow(Role.OrganizationAdmin);
        group.MapPut("companies/me", static (HttpContext http, Verbs verbs) => ChangeAsync(null, http, verbs))
            .WithSummary("Change one's own organization; members left out stay, an empty text clears.").Accepts<CompanyChangeBody>("application/json").Produces<Company>().Allow(Role.OrganizationAdmin);
        group.MapGet("companies/{id}", static (string id, HttpContext http, Verbs verbs) => ShowAsync(Ids.Parse(id, "id"), http, verbs))
            .WithSummary("An organization.").Produces<Company>().Allow(Role.OrganizationAdmin, Role.PlatformAdmin, Role.SuperAdmin);
        group.MapPut("companies/{id}", static (string id, HttpContext http, Verbs verbs) => ChangeAsync(Ids.Parse(id, "id"), http, verbs))
            .WithSummary("Change an organization; members left out stay, an empty text clears.").Accepts<CompanyChangeBody>("application/json").Produces<Company>()
            .Allow(Role.OrganizationAdmin, Role.PlatformAdmin);
        MapDecisions(group);
    }

    private static void MapDecisions(RouteGroupBuilder group)
    {
        group.MapPut("companies/{id}/validate", ValidateAsync).WithSummary("Accept an organization.").Produces<Company>().Allow(Role.PlatformAdmin);
        group.MapPut("companies/{id}/activate", ActivateAsync).WithSummary("Open an organization again.").Produces<Company>().Allow(Role.PlatformAdmin);
        group.MapPut("admin-huntzen/companies/{id}/activate", ActivateAsync).WithSummary("Open an organization again.").Produces<Company>().Allow(Role.PlatformAdmin);
        group.MapPut("companies/{id}/deactivate", DeactivateAsync).WithSummary("Close an organization: its people are signed out.").Produces<Company>().Allow(Role.PlatformAdmin);
        group.MapDelete("companies/{id}", RemoveAsync).WithSummary("Close an organization; nothing is erased.").Produces(204).Allow(Role.PlatformAdmin);
        group.MapPost("companies/{id}/admins", InviteAdminAsync).WithSummary("Invite a person to administer an organization.")
            .Accepts<CompanyAdminBody>("application/json").Produces<CompanyAdmin>(201).Allow(Role.PlatformAdmin);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, Verbs verbs, bool validated)
    {
        var body = await JsonBody.ReadAsync(http, CompaniesJson.Default.CompanyBody);
        var made = await verbs.RunAsync(
            http.Caller(), (OnboardOrganization verb) => verb.RunAsync(new(body.ToProfile(), body.Slug, body.Domain, validated), http.RequestAborted), http.RequestAborted);
        http.Audit().ResourceId = made.Organization.Id;
        return Results.Json(Company.Of(made), CompaniesJson.Default.Company, statusCode: 201);
    }

    private static async Task<IResult> ListAsync(string? search, string? status, string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var (standing, most) = (CompanyWords.ToStanding(status), Limits.Parse(limit, 50, 100));
        var (items, next) = await verbs.RunAsync(
            http.Caller(), (ListOrganizations verb) => verb.RunAsync(search, standing, cursor, most, http.RequestAborted), http.RequestAborted);
        return Results.Json(new CompanyPage([.. items.Select(Company.Of)], new(next)), CompaniesJson.Default.CompanyPage);
    }

    private static async Task<IResult> ShowAsync(Guid? id, HttpContext http, Verbs verbs)
    {
        var found = await verbs.RunAsync(http.Caller(), (GetOrganization verb) => verb.RunAsync(id, http.RequestAborted), http.RequestAborted);
        return Results.Json(Company.Of(found), CompaniesJson.Default.Company);
    }

    private static async Task<IResult> ChangeAsync(Guid? id, HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, CompaniesJson.Default.CompanyChangeBody);
        var changed = await verbs.RunAsync(
            http.Caller(), (ChangeOrganization verb) => verb.RunAsync(id, body.ToProfile(), body.Domain, http.RequestAborted), http.RequestAborted);
        http.Audit().ResourceId = changed.Organization.Id;
        return Results.Json(Company.Of(changed), CompaniesJson.Default.Company);
    }

    private static async Task<IResult> ValidateAsync(string id, HttpContext http, Verbs verbs)
    {
        var company = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (ValidateOrganization verb) => verb.RunAsync(company, http.RequestAborted), http.RequestAborted);
        return await ShowAsync(company, http, verbs);
    }

    private static Task<IResult> ActivateAsync(string id, HttpContext http, Verbs verbs) => SetActiveAsync(id, active: true, http, verbs);

    private static Task<IResult> DeactivateAsync(string id, HttpContext http, Verbs verbs) => SetActiveAsync(id, active: false, http, verbs);

    private static async Task<IResult> SetActiveAsync(string id, bool active, HttpContext http, Verbs verbs)
    {
        var company = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (SetOrganizationActive verb) => verb.RunAsync(company, active, http.RequestAborted), http.RequestAborted);
        return await ShowAsync(company, http, verbs);
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, Verbs verbs)
    {
        var company = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (SetOrganizationActive verb) => verb.RunAsync(company, active: false, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> InviteAdminAsync(string id, HttpContext http, Verbs verbs)
    {
        var company = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, CompaniesJson.Default.CompanyAdminBody);
        var person = await verbs.RunAsync(
            http.Caller(),
            (InviteOrganizationAdmin verb) => verb.RunAsync(company, new(body.Email, body.FirstName, body.LastName, body.Language), http.RequestAborted),
            http.RequestAborted);
        http.Audit().SubjectId = person;
        return Results.Json(new CompanyAdmin(person, "INVITED"), CompaniesJson.Default.CompanyAdmin, statusCode: 201);
    }
}
