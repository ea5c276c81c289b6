using Colloque.Audit;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;
using Colloque.Teleconsultation;
using Microsoft.AspNetCore.Mvc;

namespace Colloque.Server.Contracts.Teleconsultation;

/// <summary>Document 000 over HTTP: <c>/api/teleconsultation/{consultationId}</c>.</summary>
internal static class TeleconsultationApi
{
    private static readonly TeleconsultationJson Json = TeleconsultationJson.Default;

    internal static void MapTeleconsultation(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/teleconsultation/{id}").RequireCaller().WithTags("Teleconsultation").Audited("teleconsultation", clinical: true);
        group.MapPost("", StartAsync).WithSummary("Opens the remote room: the visit is in progress.").Produces<TeleconsultationSession>().Produces<TeleconsultationSession>(201).Allow(Role.Practitioner);
        group.MapGet("room", RoomAsync).WithSummary("The remote room.").Produces<TeleconsultationSession>().Allow(Access.Clinical);
        group.MapPost("join", JoinAsync).WithSummary("Comes in; answers with the caller's own token.").Produces<TeleconsultationJoined>().Allow(Access.Clinical)
            .Audited("teleconsultation", AuditAction.Update, clinical: true);
        group.MapPost("leave", LeaveAsync).WithSummary("Goes out; the caller's token works no longer.").Produces<TeleconsultationSession>().Allow(Access.Clinical)
            .Audited("teleconsultation", AuditAction.Update, clinical: true);
        group.MapPost("end", EndAsync).WithSummary("Ends the visit and its room.").Produces<TeleconsultationSession>().Allow(Role.Practitioner)
            .Audited("teleconsultation", AuditAction.Update, clinical: true);
        group.MapPost("messages", SendAsync).WithSummary("Writes into the visit's conversation.").Accepts<TeleconsultationMessageBody>("application/json").Produces<TeleconsultationMessage>(201)
            .Allow(Access.Clinical).NotAudited();
        group.MapPost("files", ShareAsync).WithSummary("Shows a file in the visit's conversation: a form with one file.").Accepts<IFormFile>("multipart/form-data").Produces<TeleconsultationMessage>(201)
            .WithMetadata(new RequestSizeLimitAttribute(FileAnnouncement.MaxSize + (64 * 1024))).Allow(Access.Clinical).Audited("file", AuditAction.Create, clinical: true);
        group.MapGet("files/{fileId}", DownloadAsync).WithSummary("A link to a file's bytes, good for five minutes.").Produces<TeleconsultationLink>().Allow(Access.Clinical)
            .Audited("file", AuditAction.Read, clinical: true);
    }

    private static async Task<IResult> StartAsync(string id, HttpContext http, Verbs verbs)
    {
        var visit = Ids.Parse(id, "id");
        var (session, opened) = await verbs.RunAsync(http.Caller(), (StartTeleconsultation verb) => verb.RunAsync(visit, http.RequestAborted), http.RequestAborted);
        return Session(session, opened ? 201 : 200);
    }

    private static async Task<IResult> RoomAsync(string id, HttpContext http, Verbs verbs)
    {
        var visit = Ids.Parse(id, "id");
        return Session(await verbs.RunAsync(http.Caller(), (SeeTeleconsultation verb) => verb.RunAsync(visit, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> JoinAsync(string id, HttpContext http, Verbs verbs)
    {
        var visit = Ids.Parse(id, "id");
        var entry = await verbs.RunAsync(http.Caller(Limit.ConsultationJoin), (JoinTeleconsultation verb) => verb.RunAsync(visit, http.RequestAborted), http.RequestAborted);
        return Results.Json(TeleconsultationWords.Of(entry), Json.TeleconsultationJoined);
    }

    private static async Task<IResult> LeaveAsync(string id, HttpContext http, Verbs verbs)
    {
        var visit = Ids.Parse(id, "id");
        return Session(await verbs.RunAsync(http.Caller(Limit.ConsultationJoin), (LeaveTeleconsultation verb) => verb.RunAsync(visit, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> EndAsync(string id, HttpContext http, Verbs verbs)
    {
        var visit = Ids.Parse(id, "id");
        return Session(await verbs.RunAsync(http.Caller(), (EndTeleconsultation verb) => verb.RunAsync(visit, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> SendAsync(string id, HttpContext http, SendMessage send)
    {
        var caller = http.Caller(Limit.ChatSend);
        var visit = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, Json.TeleconsultationMessageBody);
        var message = await send.RunAsync(caller, visit, new(body.Text, body.ClientMsgId), http.RequestAborted);
        return Results.Json(TeleconsultationWords.Of(message), Json.TeleconsultationMessage, statusCode: 201);
    }

    private static async Task<IResult> ShareAsync(string id, HttpContext http, TakeFile take)
    {
        var caller = http.Caller(Limit.FilePrepare);
        var visit = Ids.Parse(id, "id");
        var taken = await Multipart.ReadAsync(() => TakeAsync(http, caller, visit, take));
        http.Audit().ResourceId = taken.Message.File?.Id;
        return Results.Json(TeleconsultationWords.Of(taken.Message), Json.TeleconsultationMessage, statusCode: 201);
    }

    /// <summary>One file: what comes after it is not read.</summary>
    private static async Task<ConfirmedFile> TakeAsync(HttpContext http, Caller caller, Guid visit, TakeFile take)
    {
        await foreach (var part in Multipart.PartsAsync(http, http.RequestAborted))
        {
            return part is { Name: "file", Filename: not null }
                ? await take.RunAsync(caller, visit, part.Filename, part.ContentType, part.Body, http.RequestAborted)
                : throw Refusal.Invalid(part.Name, "unknown_member");
        }

        throw Refusal.Invalid("file", "required");
    }

    private static async Task<IResult> DownloadAsync(string id, string fileId, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.FileDownload);
        var (visit, file) = (Ids.Parse(id, "id"), Ids.Parse(fileId, "fileId"));
        http.Audit().ResourceId = file;
        var link = await verbs.RunAsync(caller, (DownloadFile verb) => verb.RunAsync(visit, file, Origins.Of(http), http.RequestAborted), http.RequestAborted);
        return Results.Json(new TeleconsultationLink(link.DownloadUrl, link.ExpiresAt.UtcDateTime), Json.TeleconsultationLink);
    }

    private static IResult Session(TeleconsultationView view, int status = 200) => Results.Json(TeleconsultationWords.Of(view), Json.TeleconsultationSession, statusCode: status);
}
