using System.Globalization;
using Colloque.People;
using Colloque.People.Import;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Lists of people from and to spreadsheets: <c>/api/employees/import</c>, <c>/imports</c> and <c>/export</c>.</summary>
internal static class EmployeeImportApi
{
    private const int ExportPage = 1_000;

    internal static void MapEmployeeImport(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/employees").RequireCaller().WithTags("Employees").Audited("employee-list");
        group.MapPost("import", ImportAsync).WithSummary("Read people from a CSV: all rows that are good take effect together; dryRun=true says what would happen.")
            // Any type, as far as routing goes: who may not call is told so first.
            .Accepts<string>("text/csv", "multipart/form-data", "*/*").Produces<EmployeeImportResult>().WithMetadata(new RequestSizeLimitAttribute(CsvBody.MaxBytes)).Allow(Role.OrganizationAdmin);
        group.MapGet("imports", ListAsync).WithSummary("The lists of the last 30 days, the newest first; one that is under way says how far it is.").Produces<EmployeeImportPage>().Allow(Role.OrganizationAdmin);
        group.MapGet("imports/{id}", ShowAsync).WithSummary("Where a list is.").Produces<EmployeeImportState>().Allow(Role.OrganizationAdmin);
        group.MapDelete("imports/{id}", CancelAsync).WithSummary("Stop a list that is under way: nothing of it takes effect.").Produces(202).Allow(Role.OrganizationAdmin);
        group.MapGet("imports/{id}/report", ReportAsync).WithSummary("What became of each row, as CSV.").Produces(200, contentType: CsvAnswer.ContentType).Allow(Role.OrganizationAdmin);
        group.MapGet("export", ExportAsync).WithSummary("The staff list as CSV, in a form that can be read again.").Produces(200, contentType: CsvAnswer.ContentType).Allow(Role.OrganizationAdmin);
    }

    private static async Task<IResult> ImportAsync(string? dryRun, string? delimiter, string? invite, HttpContext http, ImportEmployees verb)
    {
        var options = new ImportOptions(Flag(dryRun, "dryRun", usual: false), delimiter, Flag(invite, "invite", usual: true));
        var report = await verb.RunAsync(http.Caller(), await CsvBody.OpenAsync(http), options, http.RequestAborted);
        http.Audit().ResourceId = report.Import.Id;
        return Results.Json(EmployeeImportResult.Of(report, Sentences.Language(http.Request.Headers.AcceptLanguage)), EmployeeImportJson.Default.EmployeeImportResult);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Verbs verbs)
    {
        var imports = await verbs.RunAsync(http.Caller(), (ListImports verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(new EmployeeImportPage([.. imports.Select(EmployeeImportState.Of)], new(null)), EmployeeImportJson.Default.EmployeeImportPage);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, Verbs verbs)
    {
        var import = Ids.Parse(id, "id");
        return Results.Json(
            EmployeeImportState.Of(await verbs.RunAsync(http.Caller(), (GetImport verb) => verb.RunAsync(import, http.RequestAborted), http.RequestAborted)), EmployeeImportJson.Default.EmployeeImportState);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext http, Verbs verbs)
    {
        var import = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (CancelImport verb) => verb.RunAsync(import, http.RequestAborted), http.RequestAborted);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ReportAsync(string id, HttpContext http, Verbs verbs)
    {
        var import = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (GetImport verb) => verb.RunAsync(import, http.RequestAborted), http.RequestAborted);
        var language = Sentences.Language(http.Request.Headers.AcceptLanguage);
        return CsvAnswer.Of($"import-{import:D}.csv", csv => WriteReportAsync(csv, import, language, http, verbs), http.RequestAborted);
    }

    private static async Task WriteReportAsync(CsvAnswer csv, Guid import, string language, HttpContext http, Verbs verbs)
    {
        csv.Row("row", "email", "outcome", "field", "code", "message");
        var last = 0;
        IReadOnlyList<ImportRow> rows;
        do
        {
            rows = await verbs.RunAsync(http.Caller(), (ReadImportRows verb) => verb.RunAsync(import, last, http.RequestAborted), http.RequestAborted);
            foreach (var row in rows)
            {
                var message = row.Code is null ? null : Sentences.Of(row.Code, RefusalKind.Invalid, language);
                csv.Row(row.Row.ToString(CultureInfo.InvariantCulture), row.Email, row.Outcome, row.Field, row.Code, message);
            }

            last = rows.Count == 0 ? last : rows[^1].Row;
            await csv.FlushAsync(http.RequestAborted);
        }
        while (rows.Count == ReadImportRows.Most);
    }

    private static IResult ExportAsync(HttpContext http, Verbs verbs)
    {
        // Asked here: once the answer streams, it cannot become a refusal.
        var caller = http.Caller();
        return CsvAnswer.Of("employees.csv", csv => WriteExportAsync(csv, caller, verbs, http.RequestAborted), http.RequestAborted);
    }

    private static async Task WriteExportAsync(CsvAnswer csv, Caller caller, Verbs verbs, CancellationToken cancellationToken)
    {
        csv.Row("email", "firstName", "lastName", "department", "position", "phoneNumber", "language", "status", "createdAt");
        string? cursor = null;
        do
        {
            var query = new EmployeeQuery(null, null, null, null, cursor, ExportPage);
            (var items, cursor) = await verbs.RunAsync(caller, (ListEmployees verb) => verb.RunAsync(query, cancellationToken), cancellationToken);
            foreach (var e in items)
            {
                csv.Row(
                    e.Email, e.FirstName, e.LastName, e.Department, e.Position, e.PhoneNumber, e.Language, EmployeeWords.Of(e.Status),
                    e.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            }

            await csv.FlushAsync(cancellationToken);
        }
        while (cursor is not null);
    }

    /// <exception cref="Refusal">422, naming the parameter.</exception>
    private static bool Flag(string? text, string field, bool usual) => text switch { null => usual, "true" => true, "false" => false, _ => throw Refusal.Invalid(field) };
}
