using Colloque.Audit;
using Colloque.Reports;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;
using NodaTime;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's reports, as JSON: <c>/api/reports</c>, and the same under the paths of those who read them. Its CSVs are in <see cref="ReportExportsApi"/>.</summary>
internal static class ReportsApi
{
    internal static void MapReports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").RequireCaller().WithTags("Reports").Audited("report", AuditAction.Read);
        foreach (var path in (string[])["reports/practitioner-stats", "practitioners/me/usage-stats"])
        {
            group.MapGet(path, StatsAsync).WithSummary("One's own visits by month: how many, planned and real minutes, and those that did not take place.").Produces<PracticeStats>().Allow(Role.Practitioner).NotAudited();
        }

        group.MapGet("reports/practitioner-billing", BillingAsync).WithSummary("One's own visits of a month for billing, without a word of the patients.").Produces<PracticeBilling>().Allow(Role.Practitioner).NotAudited();
        group.MapGet("reports/employee-usage", UsageAsync).WithSummary("A month of one's own organization, once it is over: how often and how long, never with whom or why.")
            .Produces<EmployeeUsage>().Allow(Role.OrganizationAdmin);
        group.MapGet("reports/employee-usage/{employeeId}", static (string employeeId, HttpContext http, Verbs verbs) => EmployeeAsync(employeeId, "employeeId", http, verbs))
            .WithSummary("The months of one person, where the organization chose lines.").Produces<EmployeeUsageHistory>().Allow(Role.OrganizationAdmin);
        group.MapGet("employees/{id}/usage-stats", static (string id, HttpContext http, Verbs verbs) => EmployeeAsync(id, "id", http, verbs))
            .WithSummary("The months of one person, where the organization chose lines.").Produces<EmployeeUsageHistory>().Allow(Role.OrganizationAdmin);
        group.MapGet("reports/platform-kpis", OperationsApi.KpisAsync).WithSummary("What an operator of the platform follows, by month too.").Produces<PlatformKpis>().Allow(Role.PlatformAdmin).NotAudited();
    }

    private static async Task<IResult> StatsAsync(string? from, string? to, HttpContext http, Verbs verbs)
    {
        var (first, last) = (Month(from, "from"), Month(to, "to"));
        var (zone, months) = await verbs.RunAsync(http.Caller(), (CountMyVisits verb) => verb.RunAsync(first, last, http.RequestAborted), http.RequestAborted);
        return Results.Json(PracticeStats.Of(zone, months), ReportsJson.Default.PracticeStats);
    }

    private static async Task<IResult> BillingAsync(string? period, HttpContext http, Verbs verbs)
    {
        var month = Period(period);
        var billed = await verbs.RunAsync(http.Caller(), (ListMyVisitsForBilling verb) => verb.RunAsync(month, http.RequestAborted), http.RequestAborted);
        return Results.Json(PracticeBilling.Of(billed), ReportsJson.Default.PracticeBilling);
    }

    private static async Task<IResult> UsageAsync(string? period, HttpContext http, Verbs verbs)
    {
        var month = Period(period);
        var (usage, lines) = await verbs.RunAsync(http.Caller(), (ShowUsage verb) => verb.RunAsync(month, http.RequestAborted), http.RequestAborted);
        return Results.Json(
            new EmployeeUsage(
                usage.Period, usage.IsClosed, [.. lines.Select(l => new EmployeeUsageLine(l.EmployeeId, l.Name, usage.Period, l.Consultations, l.Minutes))], UsageTotals.Of(usage.Total),
                usage is { IsClosed: true, Total: null }),
            ReportsJson.Default.EmployeeUsage);
    }

    private static async Task<IResult> EmployeeAsync(string id, string field, HttpContext http, Verbs verbs)
    {
        var entry = Ids.Parse(id, field);
        var (employee, months) = await verbs.RunAsync(http.Caller(), (GetUsageOfEmployee verb) => verb.RunAsync(entry, http.RequestAborted), http.RequestAborted);
        var name = $"{employee.FirstName} {employee.LastName}";
        http.Audit().SubjectId = employee.UserId;
        return Results.Json(
            new EmployeeUsageHistory(entry, name, [.. months.Select(m => new EmployeeUsageLine(entry, name, m.Period, m.Consultations, m.Minutes))]), ReportsJson.Default.EmployeeUsageHistory);
    }

    /// <exception cref="Refusal">422 <c>period</c>.</exception>
    internal static YearMonth? Period(string? text) => text is null ? null : Months.Parse(text);

    /// <summary>A month, or the month of a day.</summary>
    /// <exception cref="Refusal">422, naming the parameter.</exception>
    private static YearMonth? Month(string? text, string field)
    {
        if (text is { Length: 10 })
        {
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", out _) ? Months.Parse(text[..7], field) : throw Refusal.Invalid(field);
        }

        return text is null ? null : Months.Parse(text, field);
    }
}
