using Colloque.Audit;
using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Server.Media;
using Colloque.Storage;
using Colloque.Teleconsultation;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Document 002 over HTTP: <c>/api/v1/consultations</c>.</summary>
internal static class LiveApi
{
    private const int DefaultPage = 50;
    private const int LargestPage = 100;

    internal static void MapLiveConsultations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/consultations/{id}").RequireCaller().WithTags("Live consultations").Audited("consultation", clinical: true);
        group.MapGet("", GetAsync).WithSummary("The consultation; administrators see its operational state alone.").Produces<LiveConsultation>().Allow([.. Access.All, Role.Guest]);
        group.MapPost("livekit-token", LiveKitTokenAsync).WithSummary("A token for the LiveKit room, while in progress.").Produces<LiveKitEntry>().Allow(Access.InVisit);
        group.MapPost("close", CloseAsync).WithSummary("Ends the consultation.").Produces<LiveClosed>().Allow(Role.Patient, Role.Practitioner, Role.OrganizationAdmin);
        group.MapGet("messages", MessagesAsync).WithSummary("A page of messages, newest first.").Produces<LiveMessagePage>().Allow(Access.InVisit);
        group.MapPost("files/prepare", PrepareAsync).WithSummary("Announces a file; answers with where to put it.").Accepts<PrepareFileBody>("application/json").Produces<PreparedFileAnswer>(201).Allow(Access.Clinical);
        group.MapPost("files/confirm", ConfirmAsync).WithSummary("Checks an uploaded file and shows it in the conversation.").Accepts<ConfirmFileBody>("application/json").Produces<MessageAnswer>(201).Allow(Access.Clinical);
        group.MapGet("files/{fileId}/download", DownloadAsync).WithSummary("A link to the file's bytes, good for five minutes.").Produces<DownloadAnswer>().Allow(Access.InVisit).Audited("file", AuditAction.Read, clinical: true);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var consultation = Ids.Parse(id, "id");
        if (caller.Role == Role.Guest)
        {
            var seen = await verbs.RunAsync(caller, (SeeVisitAsGuest verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted);
            return Results.Json(LiveWords.Of(seen), LiveJson.Default.LiveConsultation);
        }

        if (!caller.IsClinical)
        {
            var state = await verbs.RunAsync(caller, (GetConsultation verb) => verb.OperationalAsync(consultation, http.RequestAborted), http.RequestAborted);
            return Results.Json(LiveWords.Of(state), LiveJson.Default.LiveOperational);
        }

        var view = await verbs.RunAsync(caller, (GetConsultation verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted);
        return Results.Json(LiveWords.Of(view, caller.UserId), LiveJson.Default.LiveConsultation);
    }

    private static async Task<IResult> LiveKitTokenAsync(string id, HttpContext http, Verbs verbs, LiveKitTokens tokens)
    {
        var caller = http.Caller(Limit.VideoToken);
        var consultation = Ids.Parse(id, "id");
        var entry = caller.Role == Role.Guest
            ? await verbs.RunAsync(caller, (SeeVisitAsGuest verb) => verb.RoomAsync(consultation, http.RequestAborted), http.RequestAborted)
            : await verbs.RunAsync(caller, (EnterRoom verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted);
        return Results.Json(tokens.Issue(entry, caller), LiveJson.Default.LiveKitEntry);
    }

    private static async Task<IResult> CloseAsync(string id, HttpContext http, Verbs verbs)
    {
        var consultation = Ids.Parse(id, "id");
        var closedAt = await verbs.RunAsync(http.Caller(), (CloseConsultation verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted);
        return Results.Json(new LiveClosed(consultation, "closed", closedAt.UtcDateTime), LiveJson.Default.LiveClosed);
    }

    private static async Task<IResult> MessagesAsync(string id, string? cursor, string? limit, HttpContext http, MessageLog log)
    {
        var caller = http.Caller();
        var consultation = Ids.Parse(id, "id");
        var before = PageCursor.ToSeq(cursor) ?? long.MaxValue;
        var most = Limits.Parse(limit, DefaultPage, LargestPage);
        var page = await log.BeforeAsync(caller, consultation, before, most, http.RequestAborted);
        var items = page.Messages.Select(LiveWords.Of).ToArray();
        // Seq has no gaps: number 1 is the end.
        var next = items.Length > 0 && items[^1].Seq > 1 ? PageCursor.OfSeq(items[^1].Seq) : null;
        return Results.Json(new LiveMessagePage(items, new(next)), LiveJson.Default.LiveMessagePage);
    }

    private static async Task<IResult> PrepareAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.FilePrepare);
        var consultation = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, LiveJson.Default.PrepareFileBody);
        var announced = new FileAnnouncement(body.Filename, body.MimeType, body.SizeBytes, body.Sha256);
        var file = await verbs.RunAsync(caller, (PrepareFile verb) => verb.RunAsync(consultation, announced, Origins.Of(http), http.RequestAborted), http.RequestAborted);
        return Results.Json(
            new PreparedFileAnswer(file.FileId, file.UploadUrl, file.Bucket, file.ObjectKey, file.ExpiresAt.UtcDateTime), LiveJson.Default.PreparedFileAnswer, statusCode: 201);
    }

    private static async Task<IResult> ConfirmAsync(string id, HttpContext http, ConfirmFile confirm)
    {
        var caller = http.Caller(Limit.FileConfirm);
        var consultation = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, LiveJson.Default.ConfirmFileBody);
        var file = Ids.Parse(body.FileId, "fileId");
        var (message, created) = await confirm.RunAsync(caller, consultation, file, body.ClientMsgId, http.RequestAborted);
        return Results.Json(new MessageAnswer(LiveWords.Of(message)), LiveJson.Default.MessageAnswer, statusCode: created ? 201 : 200);
    }

    private static async Task<IResult> DownloadAsync(string id, string fileId, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.FileDownload);
        var consultation = Ids.Parse(id, "id");
        var file = Ids.Parse(fileId, "fileId");
        var link = await verbs.RunAsync(caller, (DownloadFile verb) => verb.RunAsync(consultation, file, Origins.Of(http), http.RequestAborted), http.RequestAborted);
        return Results.Json(new DownloadAnswer(link.DownloadUrl, link.ExpiresAt.UtcDateTime), LiveJson.Default.DownloadAnswer);
    }
}
