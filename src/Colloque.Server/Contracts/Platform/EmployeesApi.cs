using Colloque.People;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's employees module: <c>/api/employees</c>. Lists from spreadsheets are in <see cref="EmployeeImportApi"/>.</summary>
internal static class EmployeesApi
{
    internal static void MapEmployees(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/employees").RequireCaller().WithTags("Employees").Audited("employee");
        group.MapGet("me", SelfAsync).WithSummary("One's own entry.").Produces<EmployeeSelfView>().Allow(Role.Patient);
        group.MapPut("me", ChangeSelfAsync).WithSummary("Change what one says of oneself; members left out stay.").Accepts<EmployeeSelfBody>("application/json").Produces<EmployeeSelfView>().Allow(Role.Patient);
        group.MapGet("", ListAsync).WithSummary("The people of one's organization.").Produces<EmployeePage>().Allow(Role.OrganizationAdmin);
        group.MapPost("", CreateAsync).WithSummary("Put a person on the staff list, and invite them.").Accepts<EmployeeBody>("application/json").Produces<EmployeeEntry>(201).Allow(Role.OrganizationAdmin);
        group.MapGet("{id}", ShowAsync).WithSummary("A person of one's organization.").Produces<EmployeeEntry>().Allow(Role.OrganizationAdmin);
        group.MapPut("{id}", ChangeAsync).WithSummary("Change a person's entry; members left out stay, an empty text clears.").Accepts<EmployeeChangeBody>("application/json").Produces<EmployeeEntry>().Allow(Role.OrganizationAdmin);
        group.MapDelete("{id}", RemoveAsync).WithSummary("Take a person off the staff list: their account is closed, nothing of theirs is erased.").Produces(204).Allow(Role.OrganizationAdmin);
        group.MapPut("{id}/activate", static (string id, HttpContext http, Verbs verbs) => SetActiveAsync(id, active: true, http, verbs))
            .WithSummary("Let a person in again.").Produces<EmployeeEntry>().Allow(Role.OrganizationAdmin);
        group.MapPut("{id}/deactivate", static (string id, HttpContext http, Verbs verbs) => SetActiveAsync(id, active: false, http, verbs))
            .WithSummary("Keep a person out: their sign-ins end within 5 s.").Produces<EmployeeEntry>().Allow(Role.OrganizationAdmin);
        group.MapPut("{id}/approve", ApproveAsync).WithSummary("Say yes to a person who registered by themselves.").Produces<EmployeeEntry>().Allow(Role.OrganizationAdmin);
        group.MapPost("{id}/invite", InviteAsync).WithSummary("Send another invitation.").Produces<EmployeeEntry>(202).Allow(Role.OrganizationAdmin);
    }

    private static async Task<IResult> ListAsync(string? search, string? status, string? department, string? sort, string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var query = new EmployeeQuery(search, EmployeeWords.ToStatus(status), department, sort, cursor, Limits.Parse(limit, 50, 100));
        var (items, next) = await verbs.RunAsync(http.Caller(), (ListEmployees verb) => verb.RunAsync(query, http.RequestAborted), http.RequestAborted);
        return Results.Json(new EmployeePage([.. items.Select(EmployeeEntry.Of)], new(next)), EmployeesJson.Default.EmployeePage);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, EmployeesJson.Default.EmployeeBody);
        var draft = new EmployeeDraft(body.FirstName, body.LastName, body.Department, body.Position, body.PhoneNumber, body.Language);
        return Entry(
            http, await verbs.RunAsync(http.Caller(), (CreateEmployee verb) => verb.RunAsync(body.Email, draft, body.Invite ?? true, http.RequestAborted), http.RequestAborted), 201);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, Verbs verbs)
    {
        var employee = Ids.Parse(id, "id");
        return Entry(http, await verbs.RunAsync(http.Caller(), (GetEmployee verb) => verb.RunAsync(employee, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, Verbs verbs)
    {
        var employee = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, EmployeesJson.Default.EmployeeChangeBody);
        var draft = new EmployeeDraft(body.FirstName, body.LastName, body.Department, body.Position, body.PhoneNumber, body.Language);
        return Entry(http, await verbs.RunAsync(http.Caller(), (ChangeEmployee verb) => verb.RunAsync(employee, draft, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, Verbs verbs)
    {
        var employee = Ids.Parse(id, "id");
        http.Audit().SubjectId = await verbs.RunAsync(http.Caller(), (RemoveEmployee verb) => verb.RunAsync(employee, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> SetActiveAsync(string id, bool active, HttpContext http, Verbs verbs)
    {
        var employee = Ids.Parse(id, "id");
        return Entry(http, await verbs.RunAsync(http.Caller(), (SetEmployeeActive verb) => verb.RunAsync(employee, active, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> ApproveAsync(string id, HttpContext http, Verbs verbs)
    {
        var employee = Ids.Parse(id, "id");
        return Entry(http, await verbs.RunAsync(http.Caller(), (ApproveEmployee verb) => verb.RunAsync(employee, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> InviteAsync(string id, HttpContext http, Verbs verbs)
    {
        var employee = Ids.Parse(id, "id");
        return Entry(http, await verbs.RunAsync(http.Caller(), (InviteEmployee verb) => verb.RunAsync(employee, http.RequestAborted), http.RequestAborted), 202);
    }

    private static async Task<IResult> SelfAsync(HttpContext http, Verbs verbs) =>
        Self(await verbs.RunAsync(http.Caller(), (GetEmployeeSelf verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted));

    private static async Task<IResult> ChangeSelfAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, EmployeesJson.Default.EmployeeSelfBody);
        var draft = new EmployeeSelfDraft(body.FirstName, body.LastName, body.PhoneNumber, body.Bio, body.Language, body.OnboardingCompleted, body.Consent);
        return Self(await verbs.RunAsync(http.Caller(), (ChangeEmployeeSelf verb) => verb.RunAsync(draft, http.RequestAborted), http.RequestAborted));
    }

    private static IResult Entry(HttpContext http, Employee employee, int status = 200)
    {
        (http.Audit().ResourceId, http.Audit().SubjectId) = (employee.Id, employee.UserId);
        return Results.Json(EmployeeEntry.Of(employee), EmployeesJson.Default.EmployeeEntry, statusCode: status);
    }

    private static IResult Self(EmployeeSelf self) => Results.Json(EmployeeSelfView.Of(self), EmployeesJson.Default.EmployeeSelfView);
}
