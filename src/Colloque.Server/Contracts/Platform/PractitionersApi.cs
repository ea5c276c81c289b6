using Colloque.People;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's practitioners module: <c>/api/practitioners</c>, and the same under <c>/api/admin-huntzen/practitioners</c> where the document names both.</summary>
internal static class PractitionersApi
{
    internal static void MapPractitioners(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/practitioners").RequireCaller().WithTags("Practitioners").Audited("practitioner");
        group.MapGet("me", OwnAsync).WithSummary("One's own profile, with its state and its papers.").Produces<PractitionerOnFile>().Allow(Role.Practitioner);
        group.MapPut("me", UpdateAsync).WithSummary("Changes one's own profile; what is absent stays.").Accepts<PractitionerBody>("application/json").Produces<PractitionerOnFile>().Allow(Role.Practitioner);
        group.MapGet("", ListAsync).WithSummary("Practitioners: to patients the directory, to the platform's administrators all, by status.").Produces<PractitionerCardPage>()
            .Allow(Role.Patient, Role.PlatformAdmin);
        group.MapGet("search", SearchAsync).WithSummary("The directory: by words, specialty, language, format, and when they can be seen.").Produces<PractitionerCardPage>().Allow(Access.All);
        group.MapGet("{id}", GetAsync).WithSummary("One practitioner.").Produces<PractitionerCard>().Allow(Access.All);
        group.MapPut("{id}/documents-verified", VerifyAsync).WithSummary("The papers have been compared with the profile.").Accepts<VerifiedBody>("application/json").Produces<PractitionerOnFile>()
            .Allow(Role.PlatformAdmin);
        group.MapPut("{id}/activate", ActivateAsync).WithSummary("Lets a practitioner in again.").Produces<PractitionerOnFile>().Allow(Role.PlatformAdmin);
        group.MapPut("{id}/deactivate", DeactivateAsync).WithSummary("Out of the directory, and signed out everywhere.").Produces<PractitionerOnFile>().Allow(Role.PlatformAdmin);
        MapReviews(group);
        MapReviews(routes.MapGroup("/api/admin-huntzen/practitioners").RequireCaller().WithTags("Practitioners").Audited("practitioner"));
    }

    private static void MapReviews(RouteGroupBuilder group)
    {
        group.MapGet("pending", PendingAsync).WithSummary("Practitioners who wait for validation, the longest waiting first.").Produces<PractitionerOnFilePage>().Allow(Role.PlatformAdmin);
        group.MapPost("{id}/validate", ReviewAsync).WithSummary("Takes a practitioner into the directory, or rejects them with a reason.").Accepts<ReviewBody>("application/json")
            .Produces<PractitionerOnFile>().Allow(Role.PlatformAdmin);
    }

    private static async Task<IResult> OwnAsync(HttpContext http, Verbs verbs)
    {
        var view = await verbs.RunAsync(http.Caller(), (GetPractitioner verb) => verb.RunAsync(null, http.RequestAborted), http.RequestAborted);
        return await OnFileAsync(view, http, verbs);
    }

    private static async Task<IResult> UpdateAsync(HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var change = PracticeWords.ToChange(await JsonBody.ReadAsync(http, PracticeJson.Default.PractitionerBody));
        var view = await verbs.RunAsync(caller, (UpdatePractitioner verb) => verb.RunAsync(change, http.RequestAborted), http.RequestAborted);
        return await OnFileAsync(view, http, verbs);
    }

    private static Task<IResult> ListAsync(
        string? q, string? specialty, string? language, string? format, string? status, string? sort, string? availableBefore, string? cursor, string? limit, HttpContext http,
        Verbs verbs)
    {
        var search = Search(q, specialty, language, format, sort, cursor, limit, availableBefore) with { Status = PracticeWords.ToStatus(status) };
        return http.Caller().Role == Role.PlatformAdmin ? OnFilePageAsync(search, http, verbs) : CardPageAsync(search, http, verbs);
    }

    private static Task<IResult> SearchAsync(
        string? q, string? specialty, string? language, string? format, string? sort, string? availableBefore, string? cursor, string? limit, HttpContext http, Verbs verbs) =>
        CardPageAsync(Search(q, specialty, language, format, sort, cursor, limit, availableBefore), http, verbs);

    private static Task<IResult> PendingAsync(string? cursor, string? limit, HttpContext http, Verbs verbs) =>
        OnFilePageAsync(Search(null, null, null, null, "createdAt", cursor, limit) with { Status = PractitionerStatus.Pending }, http, verbs);

    private static async Task<IResult> GetAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var person = PersonOf(id, http);
        var view = await verbs.RunAsync(caller, (GetPractitioner verb) => verb.RunAsync(person, http.RequestAborted), http.RequestAborted);
        return view.File is null ? Results.Json(PracticeWords.CardOf(view), PracticeJson.Default.PractitionerCard) : await OnFileAsync(view, http, verbs);
    }

    private static async Task<IResult> ReviewAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var person = PersonOf(id, http);
        // The document's own call has no body.
        var body = http.Request.ContentLength is 0 or null && http.Request.ContentType is null ? new(null, null) : await JsonBody.ReadAsync(http, PracticeJson.Default.ReviewBody);
        var validated = body.Decision switch { null or "validate" => true, "reject" => false, _ => throw Refusal.Invalid("decision") };
        var view = await verbs.RunAsync(caller, (ReviewPractitioner verb) => verb.RunAsync(person, validated, body.Reason, http.RequestAborted), http.RequestAborted);
        return await OnFileAsync(view, http, verbs);
    }

    private static async Task<IResult> VerifyAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var person = PersonOf(id, http);
        var verified = (await JsonBody.ReadAsync(http, PracticeJson.Default.VerifiedBody)).Verified ?? throw Refusal.Invalid("verified", "required");
        var view = await verbs.RunAsync(caller, (VerifyPapers verb) => verb.RunAsync(person, verified, http.RequestAborted), http.RequestAborted);
        return await OnFileAsync(view, http, verbs);
    }

    private static Task<IResult> ActivateAsync(string id, HttpContext http, Verbs verbs) => SetActiveAsync(id, active: true, http, verbs);

    private static Task<IResult> DeactivateAsync(string id, HttpContext http, Verbs verbs) => SetActiveAsync(id, active: false, http, verbs);

    private static async Task<IResult> SetActiveAsync(string id, bool active, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var person = PersonOf(id, http);
        var view = await verbs.RunAsync(caller, (ActivatePractitioner verb) => verb.RunAsync(person, active, http.RequestAborted), http.RequestAborted);
        return await OnFileAsync(view, http, verbs);
    }

    /// <summary>Who the path names, for the audit too: what is done here is done to them.</summary>
    private static Guid PersonOf(string id, HttpContext http)
    {
        var person = Ids.Parse(id, "id");
        http.Audit().SubjectId = person;
        return person;
    }

    private static PractitionerSearch Search(
        string? q, string? specialty, string? language, string? format, string? sort, string? cursor, string? limit, string? availableBefore = null) =>
        new(q, specialty, language, PracticeWords.ToFormat(format), Status: null, sort, cursor, Limits.Parse(limit, 50, 100))
        {
            AvailableBefore = Instants.ParseFrom(availableBefore, "availableBefore"),
        };

    private static async Task<IResult> CardPageAsync(PractitionerSearch search, HttpContext http, Verbs verbs)
    {
        var (items, next) = await verbs.RunAsync(http.Caller(), (FindPractitioners verb) => verb.RunAsync(search, http.RequestAborted), http.RequestAborted);
        return Results.Json(new PractitionerCardPage([.. items.Select(PracticeWords.CardOf)], new(next)), PracticeJson.Default.PractitionerCardPage);
    }

    private static async Task<IResult> OnFilePageAsync(PractitionerSearch search, HttpContext http, Verbs verbs)
    {
        var (items, next) = await verbs.RunAsync(http.Caller(), (ListPractitioners verb) => verb.RunAsync(search, http.RequestAborted), http.RequestAborted);
        return Results.Json(new PractitionerOnFilePage([.. items.Select(static p => PracticeWords.FileOf(p))], new(next)), PracticeJson.Default.PractitionerOnFilePage);
    }

    private static async Task<IResult> OnFileAsync(PractitionerView view, HttpContext http, Verbs verbs)
    {
        var papers = await verbs.RunAsync(http.Caller(), (Colloque.Files.ListPapers verb) => verb.RunAsync(view.Id, http.RequestAborted), http.RequestAborted);
        return Results.Json(PracticeWords.FileOf(view, papers), PracticeJson.Default.PractitionerOnFile);
    }
}
