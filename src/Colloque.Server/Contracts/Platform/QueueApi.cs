using Colloque.Audit;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;
using Colloque.Teleconsultation;
using Colloque.WaitingRoom;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Waiting: <c>/api/consultations/{id}/waiting-room</c> for patients, <c>/api/queue</c> for practitioners.</summary>
internal static class QueueApi
{
    internal static void MapQueue(this IEndpointRouteBuilder routes)
    {
        var room = routes.MapGroup("/api/consultations/{id}/waiting-room").RequireCaller().WithTags("Waiting room").Audited("consultation", clinical: true);
        room.MapPost("", static (string id, HttpContext http, Verbs verbs) => IsGuest(http)
                ? PlaceAsync(id, http, verbs, (WaitAsGuest verb, Guid visit) => verb.RunAsync(visit, http.RequestAborted))
                : PlaceAsync(id, http, verbs, (EnterWaitingRoom verb, Guid visit) => verb.RunAsync(visit, http.RequestAborted)))
            .WithSummary("Come in and wait; coming again keeps the place.").Produces<WaitingPlace>().Allow(Role.Patient, Role.Guest);
        room.MapGet("", static (string id, HttpContext http, Verbs verbs) => IsGuest(http)
                ? PlaceAsync(id, http, verbs, (WaitAsGuest verb, Guid visit) => verb.SeeAsync(visit, http.RequestAborted))
                : PlaceAsync(id, http, verbs, (SeeWaitingRoom verb, Guid visit) => verb.RunAsync(visit, http.RequestAborted)))
            .WithSummary("One's own place.").Produces<WaitingPlace>().Allow(Role.Patient, Role.Guest);
        room.MapDelete("", LeaveAsync).WithSummary("Go; the place is given up.").Produces(204).Allow(Role.Patient);

        var queue = routes.MapGroup("/api/queue").RequireCaller().WithTags("Waiting room");
        queue.MapGet("", ListAsync).WithSummary("Who waits, in their order.").Produces<QueueList>().Allow(Role.Practitioner).Audited("queue");
        queue.MapPut("delay", DelayAsync).WithSummary("Tell those who wait of a delay; 0 takes it back.").Accepts<DelayBody>("application/json").Produces<QueueList>().Allow(Role.Practitioner).Audited("queue");
        queue.MapPut("settings", SettingsAsync).WithSummary("Share the queue with others of the specialty, or not.").Accepts<QueueSettingsBody>("application/json").Produces<QueueList>()
            .Allow(Role.Practitioner).Audited("queue");
        queue.MapPost("{consultationId}/admit", AdmitAsync).WithSummary("Call a patient in: the consultation begins.").Produces<Admission>().Allow(Role.Practitioner)
            .Audited("consultation", AuditAction.Update, clinical: true);
        queue.MapPost("{consultationId}/take", TakeAsync).WithSummary("Take a patient of the shared queue over.").Produces<QueueEntry>().Allow(Role.Practitioner)
            .Audited("consultation", AuditAction.Update, clinical: true);
        queue.MapPost("{consultationId}/hand-over", HandOverAsync).WithSummary("Give a patient to another practitioner of the shared queue.").Accepts<HandOverBody>("application/json")
            .Produces<HandedOver>().Allow(Role.Practitioner).Audited("consultation", AuditAction.Update, clinical: true);
    }

    /// <summary>Who is in for the patient by a link.</summary>
    private static bool IsGuest(HttpContext http) => http.Caller().Role == Role.Guest;

    private static async Task<IResult> PlaceAsync<TVerb>(string id, HttpContext http, Verbs verbs, Func<TVerb, Guid, Task<OwnPlace>> run)
        where TVerb : notnull
    {
        var consultation = Ids.Parse(id, "id");
        var own = await verbs.RunAsync(http.Caller(), (TVerb verb) => run(verb, consultation), http.RequestAborted);
        var place = own.Place;
        return Results.Json(
            new WaitingPlace(place.Position, place.JoinedAt.UtcDateTime, place.ExpectedAt.UtcDateTime, place.DelayMinutes, own.PractitionerPresent), QueueJson.Default.WaitingPlace);
    }

    private static async Task<IResult> LeaveAsync(string id, HttpContext http, Verbs verbs)
    {
        var consultation = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (LeaveWaitingRoom verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ListAsync(HttpContext http, Verbs verbs) =>
        Show(http, await verbs.RunAsync(http.Caller(), (ListQueue verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted));

    private static async Task<IResult> DelayAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, QueueJson.Default.DelayBody);
        return Show(http, await verbs.RunAsync(http.Caller(), (TellDelay verb) => verb.RunAsync(body.Minutes, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> SettingsAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, QueueJson.Default.QueueSettingsBody);
        return Show(http, await verbs.RunAsync(http.Caller(), (ShareQueue verb) => verb.RunAsync(body.SharesQueue, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> AdmitAsync(string consultationId, HttpContext http, Verbs verbs)
    {
        var id = Ids.Parse(consultationId, "consultationId");
        var visit = await verbs.RunAsync(http.Caller(), (AdmitPatient verb) => verb.RunAsync(id, http.RequestAborted), http.RequestAborted);
        return Results.Json(new Admission(id, PlatformWords.Of(visit.Status), visit.StartedAt!.Value.UtcDateTime), QueueJson.Default.Admission);
    }

    private static async Task<IResult> TakeAsync(string consultationId, HttpContext http, Verbs verbs)
    {
        var id = Ids.Parse(consultationId, "consultationId");
        var place = await verbs.RunAsync(http.Caller(), (TakePatient verb) => verb.RunAsync(id, http.RequestAborted), http.RequestAborted);
        return Results.Json(QueueEntry.Of(place, http.Caller().UserId), QueueJson.Default.QueueEntry);
    }

    private static async Task<IResult> HandOverAsync(string consultationId, HttpContext http, Verbs verbs)
    {
        var id = Ids.Parse(consultationId, "consultationId");
        var body = await JsonBody.ReadAsync(http, QueueJson.Default.HandOverBody);
        var to = Ids.Parse(body.PractitionerId, "practitionerId");
        var whose = await verbs.RunAsync(http.Caller(), (HandPatientOver verb) => verb.RunAsync(id, to, http.RequestAborted), http.RequestAborted);
        return Results.Json(new HandedOver(id, whose), QueueJson.Default.HandedOver);
    }

    private static IResult Show(HttpContext http, QueueBoard board)
    {
        var me = http.Caller().UserId;
        var own = board.Members.Single(m => m.Id == me);
        QueueColleague[] colleagues = [.. board.Members.Where(m => m.Id != me).Select(static m => new QueueColleague(m.Id, m.Name ?? "", m.Specialty))];
        return Results.Json(new QueueList([.. board.Places.Select(p => QueueEntry.Of(p, me))], own.DelayMinutes, own.SharesQueue, colleagues), QueueJson.Default.QueueList);
    }
}
