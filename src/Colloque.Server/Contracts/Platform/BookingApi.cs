using Colloque.Consultations;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's booking: <c>POST /api/consultations</c>, and ours around it: holds and the waiting list.</summary>
internal static class BookingApi
{
    private const string KeyHeader = "Idempotency-Key";

    internal static void MapBooking(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/consultations").RequireCaller().WithTags("Consultations").Audited("consultation", clinical: true);
        group.MapPost("", BookAsync).WithSummary("Books a slot; a practitioner, a further consultation for somebody they treat.").Accepts<BookBody>("application/json").Produces<MyConsultation>(201)
            .Allow(Access.Clinical);
        group.MapPost("holds", HoldAsync).WithSummary("Keeps a slot for five minutes while one decides.").Accepts<HoldBody>("application/json").Produces<HoldAnswer>(201).Allow(Role.Patient)
            .Audited("slot_hold");
        group.MapDelete("holds/{id}", ReleaseAsync).WithSummary("Lets it go.").Produces(204).Allow(Role.Patient).Audited("slot_hold");
        group.MapPost("waiting-list", WaitAsync).WithSummary("Waits for a practitioner's time to get free.").Accepts<WaitBody>("application/json").Produces<WaitingEntry>(201).Allow(Role.Patient)
            .Audited("waiting_list");
        group.MapGet("waiting-list", WaitingAsync).WithSummary("What one waits for, and what is offered.").Produces<WaitingEntryList>().Allow(Role.Patient).Audited("waiting_list");
        group.MapDelete("waiting-list/{id}", LeaveAsync).WithSummary("Waits no longer.").Produces(204).Allow(Role.Patient).Audited("waiting_list");
    }

    private static async Task<IResult> BookAsync(HttpContext http, BookingQueue bookings)
    {
        var body = await JsonBody.ReadAsync(http, PlatformJson.Default.BookBody);
        var key = http.Request.Headers[KeyHeader];
        var request = new BookingRequest(
            Id(body.PractitionerId, "practitionerId"), Id(body.PatientId, "patientId"), Instants.Parse(body.ScheduledAt, "scheduledAt"), body.Duration,
            ConsultationWords.ToFormat(body.Format) ?? throw Refusal.Invalid("format", "required"), body.Reason, Id(body.HoldId, "holdId"), key.Count == 0 ? null : key.ToString());
        var view = await bookings.BookAsync(http.Caller(), request, http.RequestAborted);
        http.Audit().ResourceId = view.Id;
        return Results.Json(ConsultationWords.Of(view), PlatformJson.Default.MyConsultation, statusCode: 201);
    }

    private static async Task<IResult> HoldAsync(HttpContext http, BookingQueue bookings)
    {
        var body = await JsonBody.ReadAsync(http, PlatformJson.Default.HoldBody);
        var practitioner = Ids.Parse(body.PractitionerId, "practitionerId");
        var startsAt = Instants.Parse(body.ScheduledAt, "scheduledAt");
        var hold = await bookings.HoldAsync(http.Caller(), practitioner, startsAt, http.RequestAborted);
        http.Audit().ResourceId = hold.Id;
        return Results.Json(new HoldAnswer(hold.Id, hold.PractitionerId, hold.ScheduledAt.UtcDateTime, hold.ExpiresAt.UtcDateTime), PlatformJson.Default.HoldAnswer, statusCode: 201);
    }

    private static async Task<IResult> ReleaseAsync(string id, HttpContext http, Verbs verbs)
    {
        var hold = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (ReleaseHold verb) => verb.RunAsync(hold, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> WaitAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, PlatformJson.Default.WaitBody);
        var practitioner = Ids.Parse(body.PractitionerId, "practitionerId");
        var (from, until) = (Instants.ParseFrom(body.From, "from"), Instants.ParseUntil(body.Until, "until"));
        var entry = await verbs.RunAsync(http.Caller(), (JoinWaitingList verb) => verb.RunAsync(practitioner, from, until, http.RequestAborted), http.RequestAborted);
        http.Audit().ResourceId = entry.Id;
        return Results.Json(ConsultationWords.Of(entry), PlatformJson.Default.WaitingEntry, statusCode: 201);
    }

    private static async Task<IResult> WaitingAsync(HttpContext http, Verbs verbs)
    {
        var entries = await verbs.RunAsync(http.Caller(), (ListWaiting verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(new WaitingEntryList([.. entries.Select(ConsultationWords.Of)]), PlatformJson.Default.WaitingEntryList);
    }

    private static async Task<IResult> LeaveAsync(string id, HttpContext http, Verbs verbs)
    {
        var entry = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (LeaveWaitingList verb) => verb.RunAsync(entry, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static Guid? Id(string? text, string field) => text is null ? null : Ids.Parse(text, field);
}
