using Colloque.Audit;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A practitioner's papers: handed in in two steps (announce, put, confirm) or as a form, read by their owner and the platform's administrators.</summary>
internal static class DocumentsApi
{
    private const int MaxFiles = 5;

    internal static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/practitioners").RequireCaller().WithTags("Practitioners").Audited("document");
        group.MapPost("me/documents/prepare", PrepareAsync).WithSummary("Announces a paper; answers with where to put it.").Accepts<PrepareDocumentBody>("application/json").Produces<PreparedDocument>(201)
            .Allow(Role.Practitioner);
        group.MapPost("me/documents/confirm", ConfirmAsync).WithSummary("Checks an uploaded paper.").Accepts<ConfirmDocumentBody>("application/json").Produces<PersonFileAnswer>().Allow(Role.Practitioner);
        group.MapDelete("me/documents/{id}", RemoveAsync).WithSummary("Removes a paper.").Produces(204).Allow(Role.Practitioner);
        group.MapPost("me/upload-documents", UploadAsync).WithSummary("Hands in up to five papers as a form; a field `kind` counts for the files after it.").Accepts<IFormFile>("multipart/form-data")
            .Produces<DocumentList>(201).WithMetadata(new RequestSizeLimitAttribute((MaxFiles * FileAnnouncement.MaxSize) + (64 * 1024))).Allow(Role.Practitioner);
        group.MapGet("{id}/documents", ListAsync).WithSummary("A practitioner's papers.").Produces<DocumentList>().Allow(Role.Practitioner, Role.PlatformAdmin);
        group.MapGet("{id}/documents/{docId}/download", DownloadAsync).WithSummary("A link to a paper's bytes, good for five minutes.").Produces<DocumentLink>().Allow(Role.Practitioner, Role.PlatformAdmin)
            .Audited("document", AuditAction.Read);
    }

    private static async Task<IResult> PrepareAsync(HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.FilePrepare);
        var body = await JsonBody.ReadAsync(http, PracticeJson.Default.PrepareDocumentBody);
        var kind = PracticeWords.ToPaper(body.Kind);
        var announced = new FileAnnouncement(body.Filename, body.MimeType, body.SizeBytes, body.Sha256);
        var file = await verbs.RunAsync(caller, (PreparePersonFile verb) => verb.RunAsync(kind, announced, Origins.Of(http), http.RequestAborted), http.RequestAborted);
        http.Audit().ResourceId = file.FileId;
        return Results.Json(new PreparedDocument(file.FileId, file.UploadUrl, file.ExpiresAt.UtcDateTime), PracticeJson.Default.PreparedDocument, statusCode: 201);
    }

    private static async Task<IResult> ConfirmAsync(HttpContext http, ConfirmPersonFile confirm)
    {
        var caller = http.Caller(Limit.FileConfirm);
        var body = await JsonBody.ReadAsync(http, PracticeJson.Default.ConfirmDocumentBody);
        var file = Ids.Parse(body.DocumentId, "documentId");
        http.Audit().ResourceId = file;
        return Results.Json(PracticeWords.Of(await confirm.RunAsync(caller, file, http.RequestAborted)), PracticeJson.Default.PersonFileAnswer);
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, RemovePersonFile remove)
    {
        await remove.RunAsync(http.Caller(), Ids.Parse(id, "id"), paper: true, http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> UploadAsync(HttpContext http, TakePersonFile take)
    {
        var caller = http.Caller(Limit.FilePrepare);
        var taken = await Multipart.ReadAsync(() => TakeAsync(http, caller, take));
        return Results.Json(new DocumentList([.. taken.Select(PracticeWords.Of)]), PracticeJson.Default.DocumentList, statusCode: 201);
    }

    private static async Task<List<PersonFileView>> TakeAsync(HttpContext http, Caller caller, TakePersonFile take)
    {
        var taken = new List<PersonFileView>();
        var kind = PersonFileKind.Diploma;
        await foreach (var part in Multipart.PartsAsync(http, http.RequestAborted))
        {
            if (part.Filename is null)
            {
                kind = part.Name == "kind" ? PracticeWords.ToPaper(await part.TextAsync(http.RequestAborted)) : throw Refusal.Invalid(part.Name, "unknown_member");
                continue;
            }

            taken.Add(taken.Count < MaxFiles ? await take.RunAsync(caller, kind, part.Filename, part.ContentType, part.Body, http.RequestAborted) : throw Refusal.Invalid(part.Name, "too_many_files"));
        }

        return taken.Count > 0 ? taken : throw Refusal.Invalid("file", "required");
    }

    private static async Task<IResult> ListAsync(string id, HttpContext http, Verbs verbs)
    {
        var owner = Ids.Parse(id, "id");
        http.Audit().SubjectId = owner;
        var papers = await verbs.RunAsync(http.Caller(), (ListPapers verb) => verb.RunAsync(owner, http.RequestAborted), http.RequestAborted);
        return Results.Json(new DocumentList([.. papers.Select(PracticeWords.Of)]), PracticeJson.Default.DocumentList);
    }

    private static async Task<IResult> DownloadAsync(string id, string docId, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.FileDownload);
        var (owner, file) = (Ids.Parse(id, "id"), Ids.Parse(docId, "docId"));
        (http.Audit().SubjectId, http.Audit().ResourceId) = (owner, file);
        var (_, link) = await verbs.RunAsync(caller, (OpenPersonFile verb) => verb.RunAsync(owner, file, Origins.Of(http), http.RequestAborted), http.RequestAborted);
        return Results.Json(new DocumentLink(link.DownloadUrl, link.ExpiresAt.UtcDateTime), PracticeJson.Default.DocumentLink);
    }
}
