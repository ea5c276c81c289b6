using System.Globalization;
using Colloque.Audit;
using Colloque.Reports;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's reports as spreadsheets: RFC 4180 with a byte order mark, in the reader's language; each is noted in the audit as an export.</summary>
internal static class ReportExportsApi
{
    private const int Page = 1_000;

    internal static void MapReportExports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").RequireCaller().WithTags("Reports").Audited("report", AuditAction.Export);
        foreach (var path in (string[])["reports/practitioner-export-csv", "practitioners/me/export-billing"])
        {
            group.MapGet(path, PracticeAsync).WithSummary("One's own visits of a month for billing, as CSV.").Produces(200, contentType: CsvAnswer.ContentType).Allow(Role.Practitioner);
        }

        group.MapGet("reports/export-csv", UsageAsync).WithSummary("A month of one's own organization that is over, as CSV.").Produces(200, contentType: CsvAnswer.ContentType).Allow(Role.OrganizationAdmin);
        group.MapGet("reports/export-billing", BillingAsync).WithSummary("A month of every organization that is over, as CSV; small groups are withheld.")
            .Produces(200, contentType: CsvAnswer.ContentType).Allow(Role.PlatformAdmin);
    }

    private static async Task<IResult> PracticeAsync(string? period, HttpContext http, Verbs verbs)
    {
        var month = ReportsApi.Period(period);
        var language = await LanguageAsync(http, verbs);
        var billed = await verbs.RunAsync(http.Caller(), (ListMyVisitsForBilling verb) => verb.RunAsync(month, http.RequestAborted), http.RequestAborted);
        return CsvAnswer.Of(
            $"billing-{billed.Period}.csv",
            csv =>
            {
                csv.Row(Word("date"), Word("format"), Word("planned"), Word("actual"));
                foreach (var visit in billed.Visits)
                {
                    csv.Row(visit.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Word(visit.Format.ToString()), Text(visit.PlannedMinutes), Text(visit.ActualMinutes));
                }

                return Task.CompletedTask;
            },
            http.RequestAborted);

        string Word(string word) => ReportsWords.Of(word, language);
    }

    private static async Task<IResult> UsageAsync(string? period, HttpContext http, Verbs verbs)
    {
        var wanted = ReportsApi.Period(period);
        var language = await LanguageAsync(http, verbs);
        var (usage, first) = await verbs.RunAsync(http.Caller(), (ExportUsage verb) => verb.RunAsync(wanted, Page, http.RequestAborted), http.RequestAborted);
        return CsvAnswer.Of($"usage-{usage.Period}.csv", csv => WriteUsageAsync(csv, usage, first, language, http, verbs), http.RequestAborted);
    }

    /// <summary>Lines where there are any; else the total, or that it is withheld.</summary>
    private static async Task WriteUsageAsync(CsvAnswer csv, UsageMonth usage, IReadOnlyList<UsageLine> lines, string language, HttpContext http, Verbs verbs)
    {
        string Word(string word) => ReportsWords.Of(word, language);
        csv.Row(Word("employeeId"), Word("employeeName"), Word("period"), Word("consultations"), Word("minutes"), Word("note"));
        if (lines.Count == 0)
        {
            csv.Row("", Word("everyone"), usage.Period, Text(usage.Total?.Consultations), Text(usage.Total?.Minutes), usage.Total is null ? Word("withheld") : "");
        }

        var month = Months.Parse(usage.Period);
        while (lines.Count > 0)
        {
            foreach (var line in lines)
            {
                csv.Row(line.EmployeeId.ToString("D"), line.Name, usage.Period, Text(line.Consultations), Text(line.Minutes), "");
            }

            await csv.FlushAsync(http.RequestAborted);
            var last = lines[^1];
            lines = lines.Count < Page ? [] : await verbs.RunAsync(http.Caller(), (ListUsage verb) => verb.RunAsync(month, last, Page, http.RequestAborted), http.RequestAborted);
        }
    }

    private static async Task<IResult> BillingAsync(string? period, HttpContext http, Verbs verbs)
    {
        var wanted = ReportsApi.Period(period);
        var language = await LanguageAsync(http, verbs);
        var (month, first) = await verbs.RunAsync(http.Caller(), (ListBilling verb) => verb.RunAsync(wanted, null, Page, http.RequestAborted), http.RequestAborted);
        return CsvAnswer.Of(
            $"billing-{Months.Text(month)}.csv",
            async csv =>
            {
                csv.Row(Word("employeeId"), Word("organization"), Word("period"), Word("consultations"), Word("minutes"), Word("note"));
                for (var lines = first; lines.Count > 0;)
                {
                    foreach (var line in lines)
                    {
                        csv.Row(line.OrganizationId.ToString("D"), line.Name, Months.Text(month), Text(line.Consultations), Text(line.Minutes), line.Consultations is null ? Word("few") : "");
                    }

                    await csv.FlushAsync(http.RequestAborted);
                    var last = lines[^1];
                    lines = lines.Count < Page ? [] : (await verbs.RunAsync(http.Caller(), (ListBilling verb) => verb.RunAsync(month, last, Page, http.RequestAborted), http.RequestAborted)).Lines;
                }
            },
            http.RequestAborted);

        string Word(string word) => ReportsWords.Of(word, language);
    }

    /// <summary>Whole numbers, which every language writes alike; empty where there is none.</summary>
    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>What the request asks for; else what the person reads.</summary>
    private static async Task<string> LanguageAsync(HttpContext http, Verbs verbs) => http.Request.Headers.AcceptLanguage is [{ Length: > 0 } wish, ..] && wish != "*"
        ? Sentences.Language(http.Request.Headers.AcceptLanguage)
        : await verbs.RunAsync(http.Caller(), (GetReaderLanguage verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
}
