using Colloque.Audit;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's consultations module: <c>/api/consultations</c>. What is not booked yet is in <see cref="BookingApi"/>.</summary>
internal static class ConsultationsApi
{
    internal static void MapPlatformConsultations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/consultations").RequireCaller().WithTags("Consultations").Audited("consultation", clinical: true);
        group.MapGet("mine", MineAsync).WithSummary("One's own consultations, newest planned start first.").Produces<MyConsultationPage>().Allow(Access.Clinical);
        group.MapGet("upcoming", UpcomingAsync).WithSummary("Those of one's own that are still to come or under way, the next first.").Produces<MyConsultationPage>().Allow(Access.Clinical);
        group.MapGet("history", HistoryAsync).WithSummary("Those of one's own that are over, the latest first.").Produces<MyConsultationPage>().Allow(Access.Clinical);
        group.MapGet("{id}", GetAsync).WithSummary("One consultation; administrators see its operational state alone.").Produces<MyConsultation>().Allow(Access.All);
        group.MapGet("{id}/events", EventsAsync).WithSummary("What happened to it, oldest first.").Produces<ConsultationEventList>().Allow(Access.Clinical);
        MapMoves(group);
    }

    private static void MapMoves(RouteGroupBuilder group)
    {
        foreach (var word in (string[])["confirm", "accept"])
        {
            group.MapPut($"{{id}}/{word}", ConfirmAsync).WithSummary("The practitioner agrees.").Produces<MyConsultation>().Allow(Role.Practitioner).Audited("consultation", AuditAction.Validate, clinical: true);
        }

        group.MapPut("{id}/cancel", CancelAsync).WithSummary("Calls it off; the patient until the practitioner's deadline.").Accepts<CancelBody>("application/json").Produces<MyConsultation>()
            .Allow(Access.Clinical).Audited("consultation", AuditAction.Cancel, clinical: true);
        group.MapPut("{id}/reschedule", RescheduleAsync).WithSummary("Gives it another time; it stays the same consultation.").Accepts<RescheduleBody>("application/json").Produces<MyConsultation>()
            .Allow(Access.Clinical);
        group.MapPut("{id}/start", StartAsync).WithSummary("The practitioner begins it.").Produces<MyConsultation>().Allow(Role.Practitioner);
        group.MapPut("{id}/end", EndAsync).WithSummary("The practitioner ends it.").Produces<MyConsultation>().Allow(Role.Practitioner);
        group.MapPost("{id}/no-show", MissAsync).WithSummary("The patient did not come; from the planned start on.").Produces<MyConsultation>().Allow(Role.Practitioner)
            .Audited("consultation", AuditAction.Update, clinical: true);
    }

    private static Task<IResult> MineAsync(string? status, string? format, string? from, string? to, string? cursor, string? limit, HttpContext http, Verbs verbs) =>
        ListAsync(ConsultationList.All, ConsultationWords.FilterOf(status, format, from, to), cursor, limit, http, verbs);

    private static Task<IResult> UpcomingAsync(string? status, string? format, string? from, string? to, string? cursor, string? limit, HttpContext http, Verbs verbs) =>
        ListAsync(ConsultationList.Upcoming, ConsultationWords.FilterOf(status, format, from, to), cursor, limit, http, verbs);

    private static Task<IResult> HistoryAsync(string? status, string? format, string? from, string? to, string? cursor, string? limit, HttpContext http, Verbs verbs) =>
        ListAsync(ConsultationList.History, ConsultationWords.FilterOf(status, format, from, to), cursor, limit, http, verbs);

    private static async Task<IResult> ListAsync(ConsultationList which, ConsultationFilter filter, string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var most = Limits.Parse(limit, 50, 100);
        var (items, next) = await verbs.RunAsync(caller, (ListMyConsultations verb) => verb.RunAsync(which, filter, cursor, most, http.RequestAborted), http.RequestAborted);
        return Results.Json(new MyConsultationPage([.. items.Select(ConsultationWords.Of)], new(next)), PlatformJson.Default.MyConsultationPage);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var consultation = Ids.Parse(id, "id");
        if (!caller.IsClinical)
        {
            var state = await verbs.RunAsync(caller, (GetConsultation verb) => verb.OperationalAsync(consultation, http.RequestAborted), http.RequestAborted);
            return Results.Json(ConsultationWords.Of(state), PlatformJson.Default.OperationalConsultation);
        }

        return Answer(await verbs.RunAsync(caller, (GetConsultation verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> EventsAsync(string id, HttpContext http, Verbs verbs)
    {
        var consultation = Ids.Parse(id, "id");
        var events = await verbs.RunAsync(http.Caller(), (ListConsultationEvents verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted);
        return Results.Json(new ConsultationEventList([.. events.Select(ConsultationWords.Of)]), PlatformJson.Default.ConsultationEventList);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext http, Verbs verbs)
    {
        var consultation = Ids.Parse(id, "id");
        // Nothing said is no body at all.
        var body = http.Request.HasJsonContentType() || http.Request.ContentLength > 0 ? await JsonBody.ReadAsync(http, PlatformJson.Default.CancelBody) : new(null);
        return Answer(await verbs.RunAsync(http.Caller(), (CancelConsultation verb) => verb.RunAsync(consultation, body.Reason, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> RescheduleAsync(string id, HttpContext http, Verbs verbs)
    {
        var consultation = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, PlatformJson.Default.RescheduleBody);
        var startsAt = Instants.Parse(body.ScheduledAt, "scheduledAt");
        return Answer(await verbs.RunAsync(
            http.Caller(), (RescheduleConsultation verb) => verb.RunAsync(consultation, startsAt, body.Duration, http.RequestAborted), http.RequestAborted));
    }

    private static Task<IResult> ConfirmAsync(string id, HttpContext http, Verbs verbs) =>
        MoveAsync(id, http, verbs, (ConfirmConsultation verb, Guid c) => verb.RunAsync(c, http.RequestAborted));

    private static Task<IResult> StartAsync(string id, HttpContext http, Verbs verbs) =>
        MoveAsync(id, http, verbs, (StartConsultation verb, Guid c) => verb.RunAsync(c, http.RequestAborted));

    private static Task<IResult> EndAsync(string id, HttpContext http, Verbs verbs) =>
        MoveAsync(id, http, verbs, (EndConsultation verb, Guid c) => verb.RunAsync(c, http.RequestAborted));

    private static Task<IResult> MissAsync(string id, HttpContext http, Verbs verbs) =>
        MoveAsync(id, http, verbs, (MissConsultation verb, Guid c) => verb.RunAsync(c, http.RequestAborted));

    private static async Task<IResult> MoveAsync<TVerb>(string id, HttpContext http, Verbs verbs, Func<TVerb, Guid, Task<ConsultationView>> run)
        where TVerb : notnull
    {
        var consultation = Ids.Parse(id, "id");
        return Answer(await verbs.RunAsync(http.Caller(), (TVerb verb) => run(verb, consultation), http.RequestAborted));
    }

    private static IResult Answer(ConsultationView view) => Results.Json(ConsultationWords.Of(view), PlatformJson.Default.MyConsultation);
}
