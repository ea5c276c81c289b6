using Colloque.Files;
using Colloque.Records;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Prescriptions and exam results: what a practitioner writes for a patient. The conversation about one has its id.</summary>
internal static class RecordsApi
{
    internal static void MapRecords(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/records").RequireCaller().WithTags("Records").Audited("record", clinical: true);
        all.MapGet("", ListAsync).WithSummary("One's records, newest first.").Produces<RecordsPage>().Allow(Access.Clinical);
        all.MapPost("", WriteAsync).WithSummary("Write a prescription or an exam result.").Accepts<RecordBodyWire>("application/json").Produces<RecordAnswer>().Produces<RecordAnswer>(201).Allow(Role.Practitioner);
        all.MapGet("{id}", GetAsync).WithSummary("One record, with every version.").Produces<RecordAnswer>().Allow(Access.Clinical);
        all.MapPost("{id}/versions", CorrectAsync).WithSummary("Correct one: its next version.").Accepts<RecordCorrection>("application/json").Produces<RecordAnswer>(201).Allow(Role.Practitioner);
        all.MapPost("{id}/report", AttachAsync).WithSummary("Attach the report of an exam: a form with one file. Its next version names it.").Accepts<IFormFile>("multipart/form-data").Produces<RecordAnswer>(201)
            .WithMetadata(new RequestSizeLimitAttribute(FileAnnouncement.MaxSize + (64 * 1024))).Allow(Role.Practitioner);
    }

    private static async Task<IResult> ListAsync(string? kind, string? patientId, string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var wanted = RecordWords.ToKind(kind);
        Guid? patient = patientId is null ? null : Ids.Parse(patientId, "patientId");
        var (after, most) = (PageCursor.ToTime(cursor), Limits.Parse(limit, 20, 100));
        var page = await verbs.RunAsync(http.Caller(), (ListRecords verb) => verb.RunAsync(wanted, patient, after, most, http.RequestAborted), http.RequestAborted);
        return Results.Json(
            new RecordsPage([.. page.Items.Select(static r => RecordWords.Of(r))], new(page.Next is { } next ? PageCursor.OfTime(next.At, next.Id) : null)), RecordsJson.Default.RecordsPage);
    }

    private static async Task<IResult> WriteAsync(HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.ChatSend);
        var body = await JsonBody.ReadAsync(http, RecordsJson.Default.RecordBodyWire);
        var key = http.Request.Headers["Idempotency-Key"];
        var draft = new RecordDraft(
            Ids.Parse(body.PatientId, "patientId"), body.ConsultationId is null ? null : Ids.Parse(body.ConsultationId, "consultationId"), RecordWords.ToBody(body.Prescription, body.Exam),
            key is [{ } one] ? one : null);
        var (record, created) = await verbs.RunAsync(caller, (WriteRecord verb) => verb.RunAsync(draft, http.RequestAborted), http.RequestAborted);
        return Show(http, record, created ? 201 : 200);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, Verbs verbs)
    {
        var record = Ids.Parse(id, "id");
        return Show(http, await verbs.RunAsync(http.Caller(), (GetRecord verb) => verb.RunAsync(record, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> CorrectAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.ChatChange);
        var record = Ids.Parse(id, "id");
        var wire = await JsonBody.ReadAsync(http, RecordsJson.Default.RecordCorrection);
        var body = RecordWords.ToBody(wire.Prescription, wire.Exam);
        return Show(http, await verbs.RunAsync(caller, (CorrectRecord verb) => verb.RunAsync(record, body, wire.Version, http.RequestAborted), http.RequestAborted), 201);
    }

    private static async Task<IResult> AttachAsync(string id, HttpContext http, AttachReport attach)
    {
        var caller = http.Caller(Limit.FilePrepare);
        var record = Ids.Parse(id, "id");
        return Show(http, await Multipart.ReadAsync(() => TakeReportAsync(http, caller, record, attach)), 201);
    }

    /// <summary>One file: what comes after it is not read.</summary>
    private static async Task<RecordView> TakeReportAsync(HttpContext http, Caller caller, Guid record, AttachReport attach)
    {
        await foreach (var part in Multipart.PartsAsync(http, http.RequestAborted))
        {
            return part is { Name: "file", Filename: not null }
                ? await attach.RunAsync(caller, record, part.Filename, part.ContentType, part.Body, http.RequestAborted)
                : throw Refusal.Invalid(part.Name, "unknown_member");
        }

        throw Refusal.Invalid("file", "required");
    }

    private static IResult Show(HttpContext http, RecordView record, int status = 200)
    {
        (http.Audit().ResourceId, http.Audit().SubjectId) = (record.Id, record.Patient.Id);
        return Results.Json(RecordWords.Of(record, whole: true), RecordsJson.Default.RecordAnswer, statusCode: status);
    }
}
