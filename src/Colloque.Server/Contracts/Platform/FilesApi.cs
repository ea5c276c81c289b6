using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's files module: <c>/api/files</c>, a person's own and nobody else's.</summary>
internal static class FilesApi
{
    internal static void MapPrivateFiles(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/files").RequireCaller().WithTags("Files").Audited("file").Allow(Access.All);
        group.MapPost("upload", UploadAsync).WithSummary("Keeps a file for oneself: a form with one file of at most 10 MiB.").Accepts<IFormFile>("multipart/form-data").Produces<PersonFileAnswer>(201)
            .WithMetadata(new RequestSizeLimitAttribute(FileAnnouncement.MaxSize + (64 * 1024)));
        group.MapGet("{id}", GetAsync).WithSummary("A file of one's own, with a link to its bytes that is good for five minutes.").Produces<PrivateFile>();
        group.MapDelete("{id}", RemoveAsync).WithSummary("Removes a file of one's own.").Produces(204);
    }

    private static async Task<IResult> UploadAsync(HttpContext http, TakePersonFile take)
    {
        var caller = http.Caller(Limit.FilePrepare);
        var file = await Multipart.ReadAsync(async () =>
        {
            await foreach (var part in Multipart.PartsAsync(http, http.RequestAborted))
            {
                return part.Filename is null ? throw Refusal.Invalid(part.Name, "unknown_member")
                    : await take.RunAsync(caller, PersonFileKind.Private, part.Filename, part.ContentType, part.Body, http.RequestAborted);
            }

            throw Refusal.Invalid("file", "required");
        });
        (http.Audit().ResourceId, http.Audit().SubjectId) = (file.Id, caller.UserId);
        return Results.Json(PracticeWords.Of(file), PracticeJson.Default.PersonFileAnswer, statusCode: 201);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.FileDownload);
        var fileId = Ids.Parse(id, "id");
        var (file, link) = await verbs.RunAsync(caller, (OpenPersonFile verb) => verb.RunAsync(null, fileId, Origins.Of(http), http.RequestAborted), http.RequestAborted);
        return Results.Json(
            new PrivateFile(file.Id, file.Name, file.MimeType, file.SizeBytes, file.Sha256, file.CreatedAt.UtcDateTime, link.DownloadUrl, link.ExpiresAt.UtcDateTime), PracticeJson.Default.PrivateFile);
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, RemovePersonFile remove)
    {
        await remove.RunAsync(http.Caller(), Ids.Parse(id, "id"), paper: false, http.RequestAborted);
        return Results.NoContent();
    }
}
