using Colloque.Audit;
using Colloque.Consultations;
using Colloque.Operations;
using Colloque.Reports;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Server.Media;
using Colloque.Server.Operations;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's paths for those who run the installation: health, numbers, backups. Content is in none of them.</summary>
internal static class OperationsApi
{
    internal static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/super-admin").RequireCaller().WithTags("Operation");
        group.MapGet("health", HealthAsync).WithSummary("How the installation is.").Produces<SystemHealthAnswer>().Allow(Role.SuperAdmin);
        group.MapGet("metrics", MetricsAsync).WithSummary("Counts of the whole installation.").Produces<SystemMetrics>().Allow(Role.SuperAdmin);
        group.MapGet("backups", ListAsync).WithSummary("Backups, newest first.").Produces<BackupPage>().Allow(Role.SuperAdmin);
        group.MapGet("backups/{id}", GetAsync).WithSummary("How one backup stands.").Produces<BackupItem>().Allow(Role.SuperAdmin);
        group.MapPost("backup", StartAsync).WithSummary("Start a backup into the configured folder.").Accepts<BackupBody>("application/json").Produces<BackupItem>(202).Allow(Role.SuperAdmin).Audited("backup", AuditAction.Export);
        routes.MapGroup("/api/admin-huntzen").RequireCaller().WithTags("Operation")
            .MapGet("kpis", KpisAsync).WithSummary("What an operator of the platform follows.").Produces<PlatformKpis>().Allow(Role.PlatformAdmin);
        routes.MapGet("/metrics", PrometheusAsync).WithTags("Operation").WithSummary("The same counts for Prometheus, with the token of Metrics:Token.").Produces<string>(200, "text/plain").AllowEveryone();
    }

    private static async Task<IResult> HealthAsync(HttpContext http, SystemHealth health, Vitals vitals, TurnWatch turn, TimeProvider time)
    {
        var report = await health.ReadAsync(http.Caller(), http.RequestAborted);
        var free = vitals.FreeBytes;
        return Results.Json(
            new SystemHealthAnswer(
                report.IsWell(free, time.GetUtcNow()) ? "ok" : "degraded",
                new(report.Database is not null, report.Database?.Version, report.Database?.Latency.TotalMilliseconds, report.Database?.SizeBytes),
                new(free),
                new(report.Mail?.Queued, report.Mail?.Failed),
                vitals.Sockets,
                (long)vitals.Uptime.TotalSeconds,
                Vitals.Version,
                new(report.LastBackup?.FinishedAt?.UtcDateTime, report.LastBackup is { } last ? last.Status == BackupStatus.Done : null),
                turn.State is { } relay ? new(relay.Word, relay.Software, [.. relay.Answers.Where(static a => a.Standing != TurnStanding.Answers).Select(static a => a.Url)], relay.At.UtcDateTime) : null),
            OperationsJson.Default.SystemHealthAnswer);
    }

    private static async Task<IResult> MetricsAsync(HttpContext http, Census census, Vitals vitals)
    {
        var counts = await census.TakeAsync(http.RequestAborted);
        return Results.Json(
            new SystemMetrics(
                ByLabel(counts, "organizations", static l => l), ByLabel(counts, "users", static l => PlatformWords.Of(Enum.Parse<Role>(l))),
                ByLabel(counts, "practitioners", static l => l.ToUpperInvariant()), ByLabel(counts, "consultations", static l => PlatformWords.Of(Enum.Parse<ConsultationStatus>(l))),
                Of(counts, "messages", "total"), Of(counts, "sign_ins", "active"), vitals.Sockets, Vitals.MemoryBytes, Vitals.Processor.TotalSeconds, (long)vitals.Uptime.TotalSeconds),
            OperationsJson.Default.SystemMetrics);
    }

    internal static async Task<IResult> KpisAsync(HttpContext http, Census census, Verbs verbs)
    {
        var counts = await census.TakeAsync(http.RequestAborted);
        var months = await verbs.RunAsync(http.Caller(), (CountPlatformMonths verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(
            new PlatformKpis(
                Of(counts, "organizations", "active"), Of(counts, "organizations", "inactive"), Of(counts, "users", nameof(Role.Patient)),
                Of(counts, "practitioners", "Validated"), Of(counts, "practitioners", "Pending"), Of(counts, "consultations", nameof(ConsultationStatus.Completed)),
                Of(counts, "consultations", nameof(ConsultationStatus.Cancelled)), Of(counts, "consultations", nameof(ConsultationStatus.NoShow)),
                Of(counts, "consultations", nameof(ConsultationStatus.Scheduled)) + Of(counts, "consultations", nameof(ConsultationStatus.Confirmed)), Of(counts, "messages", "total"),
                [.. months.Select(PlatformMonthItem.Of)]),
            OperationsJson.Default.PlatformKpis);
    }

    private static async Task<IResult> PrometheusAsync(HttpContext http, IConfiguration settings, Census census, Vitals vitals, MessagingNumbers messaging)
    {
        var given = http.Request.Headers.Authorization.ToString();
        if (settings["Metrics:Token"] is not { Length: > 0 } token)
        {
            throw Refusal.NotFound();
        }

        if (!given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || !SharedToken.Matches(given[7..], token))
        {
            throw Refusal.Unauthenticated();
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(PrometheusText.Write(await census.TakeAsync(http.RequestAborted), vitals, messaging), PrometheusText.ContentType);
    }

    private static async Task<IResult> ListAsync(string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var most = Limits.Parse(limit, 50, 100);
        var (items, next) = await verbs.RunAsync(http.Caller(), (ListBackups verb) => verb.RunAsync(cursor, most, http.RequestAborted), http.RequestAborted);
        return Results.Json(new BackupPage([.. items.Select(Of)], new(next)), OperationsJson.Default.BackupPage);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, Verbs verbs)
    {
        var backupId = Ids.Parse(id, "id");
        return Results.Json(Of(await verbs.RunAsync(http.Caller(), (GetBackup verb) => verb.RunAsync(backupId, http.RequestAborted), http.RequestAborted)), OperationsJson.Default.BackupItem);
    }

    private static async Task<IResult> StartAsync(HttpContext http, Backups backups)
    {
        await JsonBody.ReadAsync(http, OperationsJson.Default.BackupBody);
        var backup = await backups.RequestAsync(http.Caller(), http.RequestAborted);
        http.Audit().ResourceId = backup.Id;
        return Results.Json(Of(backup), OperationsJson.Default.BackupItem, statusCode: StatusCodes.Status202Accepted);
    }

    private static BackupItem Of(BackupView b) => new(
        b.Id, b.Status.ToString().ToUpperInvariant(), b.Code, b.RequestedAt.UtcDateTime, b.StartedAt?.UtcDateTime, b.FinishedAt?.UtcDateTime, b.FileName, b.KeysFileName, b.SizeBytes);

    private static Dictionary<string, long> ByLabel(IReadOnlyList<Count> counts, string name, Func<string, string> word) =>
        counts.Where(c => c.Name == name).ToDictionary(c => word(c.Label), static c => c.Value, StringComparer.Ordinal);

    private static long Of(IReadOnlyList<Count> counts, string name, string label) => counts.FirstOrDefault(c => c.Name == name && c.Label == label)?.Value ?? 0;
}
