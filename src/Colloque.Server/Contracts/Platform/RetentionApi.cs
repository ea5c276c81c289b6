using Colloque.Retention;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>How long conversations are kept, what keeps them longer, and what was erased. No answer has content.</summary>
internal static class RetentionApi
{
    internal static void MapRetention(this IEndpointRouteBuilder routes)
    {
        var platform = routes.MapGroup("/api/admin-huntzen").RequireCaller().WithTags("Retention").Audited("retention").Allow(Access.Platform);
        platform.MapGet("companies/{id}/retention", OfCompanyAsync).WithSummary("An organization's rules.").Produces<RetentionRuleList>();
        platform.MapPut("companies/{id}/retention", ChangeAsync).WithSummary("Keep a kind of its conversations for so many years; never less than the installation demands.").Accepts<RetentionRuleBody>("application/json").Produces<RetentionRuleList>();
        platform.MapGet("retention/reports", ReportsAsync).WithSummary("What was erased, in numbers by organization, kind and day.").Produces<PurgeReportList>();
        routes.MapGroup("/api/companies/me/retention").RequireCaller().WithTags("Retention").Audited("retention").Allow(Role.OrganizationAdmin)
            .MapGet("", OwnAsync).WithSummary("The own organization's rules.").Produces<RetentionRuleList>();

        var holds = routes.MapGroup("/api/legal-holds").RequireCaller().WithTags("Retention").Audited("legal-hold").Allow(Role.Practitioner, Role.PlatformAdmin, Role.SuperAdmin);
        holds.MapGet("", HoldsAsync).WithSummary("Holds: all for operators of the platform, one's own for practitioners.").Produces<LegalHoldList>();
        holds.MapPost("", PlaceAsync).WithSummary("Keep a conversation, or all of a patient's, from being erased.").Accepts<LegalHoldBody>("application/json").Produces<LegalHoldItem>(201);
        holds.MapDelete("{id}", LiftAsync).WithSummary("Lift a hold.").Produces<LegalHoldItem>();
    }

    private static async Task<IResult> OfCompanyAsync(string id, HttpContext http, Verbs verbs)
    {
        var organization = Ids.Parse(id, "id");
        return Show(await verbs.RunAsync(http.Caller(), (RetentionRules verb) => verb.RunAsync(organization, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> OwnAsync(HttpContext http, Verbs verbs) =>
        Show(await verbs.RunAsync(http.Caller(), (RetentionRules verb) => verb.RunAsync(null, http.RequestAborted), http.RequestAborted));

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, Verbs verbs)
    {
        var organization = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, RetentionJson.Default.RetentionRuleBody);
        var kind = ChatWords.ToKind(body.Kind ?? throw Refusal.Invalid("kind", "required"));
        var years = body.Years ?? throw Refusal.Invalid("years", "required");
        return Show(await verbs.RunAsync(http.Caller(), (RetentionRules verb) => verb.ChangeAsync(organization, kind, years, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> ReportsAsync(string? limit, HttpContext http, Verbs verbs)
    {
        var most = Limits.Parse(limit, 50, 500);
        var reports = await verbs.RunAsync(http.Caller(), (ListPurges verb) => verb.RunAsync(most, http.RequestAborted), http.RequestAborted);
        return Results.Json(new PurgeReportList([.. reports.Select(RetentionWords.Of)]), RetentionJson.Default.PurgeReportList);
    }

    private static async Task<IResult> HoldsAsync(HttpContext http, Verbs verbs)
    {
        var holds = await verbs.RunAsync(http.Caller(), (LegalHolds verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(new LegalHoldList([.. holds.Select(RetentionWords.Of)]), RetentionJson.Default.LegalHoldList);
    }

    private static async Task<IResult> PlaceAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, RetentionJson.Default.LegalHoldBody);
        Guid? conversation = body.ConversationId is null ? null : Ids.Parse(body.ConversationId, "conversationId");
        Guid? patient = body.PatientId is null ? null : Ids.Parse(body.PatientId, "patientId");
        var hold = await verbs.RunAsync(http.Caller(), (LegalHolds verb) => verb.PlaceAsync(conversation, patient, body.Reference, http.RequestAborted), http.RequestAborted);
        http.Audit().ResourceId = hold.Id;
        http.Audit().SubjectId = hold.PatientId;
        return Results.Json(RetentionWords.Of(hold), RetentionJson.Default.LegalHoldItem, statusCode: 201);
    }

    private static async Task<IResult> LiftAsync(string id, HttpContext http, Verbs verbs)
    {
        var hold = Ids.Parse(id, "id");
        return Results.Json(
            RetentionWords.Of(await verbs.RunAsync(http.Caller(), (LegalHolds verb) => verb.LiftAsync(hold, http.RequestAborted), http.RequestAborted)), RetentionJson.Default.LegalHoldItem);
    }

    private static IResult Show(IReadOnlyList<RetentionRule> rules) => Results.Json(RetentionWords.Of(rules), RetentionJson.Default.RetentionRuleList);
}
