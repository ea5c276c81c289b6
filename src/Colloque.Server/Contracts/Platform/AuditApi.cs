using System.Globalization;
using Colloque.Audit;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Reading the audit: all of it (super-admins), what an organization's administrators did (themselves), what concerns oneself (everyone).</summary>
internal static class AuditApi
{
    private const int MaxWord = 60;

    internal static void MapAuditLogs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").RequireCaller().WithTags("Audit").Audited("audit", AuditAction.Read);
        group.MapGet("super-admin/audit-logs", AllAsync).WithSummary("The audit, newest first; ids and words, no content.").Produces<AuditLogPage>().Allow(Role.SuperAdmin);
        group.MapGet("companies/me/audit-logs", OwnAsync).WithSummary("What administrators of one's own organization did, newest first.").Produces<AuditLogPage>().Allow(Role.OrganizationAdmin);
        group.MapGet("users/me/access-log", MineAsync).WithSummary("Who looked at one's own data or changed it, newest first.").Produces<AccessLogPage>().Allow(Access.All).NotAudited();
    }

    private static Task<IResult> AllAsync(
        string? from, string? to, string? actor, string? action, string? resource, string? organization, string? cursor, string? limit, HttpContext http, Verbs verbs) =>
        ListAsync(new(Time(from, "from"), Time(to, "to"), Id(actor, "actor"), ActionOf(action), Word(resource, "resource"), Id(organization, "organization")), cursor, limit, http, verbs);

    private static Task<IResult> OwnAsync(string? from, string? to, string? actor, string? action, string? resource, string? cursor, string? limit, HttpContext http, Verbs verbs) =>
        ListAsync(new(Time(from, "from"), Time(to, "to"), Id(actor, "actor"), ActionOf(action), Word(resource, "resource"), null), cursor, limit, http, verbs);

    private static async Task<IResult> ListAsync(AuditFilter filter, string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var most = Limits.Parse(limit, 50, 100);
        var (items, next) = await verbs.RunAsync(http.Caller(), (ListAudit verb) => verb.RunAsync(filter, cursor, most, http.RequestAborted), http.RequestAborted);
        return Results.Json(new AuditLogPage([.. items.Select(Of)], new(next)), AuditJson.Default.AuditLogPage);
    }

    private static async Task<IResult> MineAsync(string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var most = Limits.Parse(limit, 50, 100);
        var (items, next) = await verbs.RunAsync(caller, (ListAccessToMe verb) => verb.RunAsync(cursor, most, http.RequestAborted), http.RequestAborted);
        return Results.Json(new AccessLogPage([.. items.Select(i => Of(i, caller.UserId))], new(next)), AuditJson.Default.AccessLogPage);
    }

    private static AuditLogEntry Of(AuditLine l) => new(
        l.Id, l.At.UtcDateTime, l.ActorRole is null ? null : new(l.ActorId, l.ActorName, RoleOf(l.ActorRole)), Upper(l.Action)!, Upper(l.Attempted), l.Resource, l.ResourceId, l.SubjectId,
        l.TenantId is { } id ? new(id, l.OrganizationName) : null, l.Ip, l.UserAgent, l.RequestId, Lower(l.Outcome), l.Code, l.Sealed);

    private static AccessLogEntry Of(AccessLine l, Guid me) => new(
        l.Id, l.At.UtcDateTime, l.ActorRole is null ? null : new(l.ActorId, l.ActorName, RoleOf(l.ActorRole)), l.ActorId == me, Upper(l.Action)!, Upper(l.Attempted), l.Resource,
        l.ResourceId, WhyOf(l, me), Lower(l.Outcome));

    private static string WhyOf(AccessLine l, Guid me)
    {
        if (l.Action is nameof(AuditAction.Login) or nameof(AuditAction.Logout))
        {
            return "sign_in";
        }

        if (l.ActorId == me)
        {
            return "self";
        }

        return l.Outcome == nameof(AuditOutcome.Refused) ? "attempt" : l.Clinical ? "care" : "administration";
    }

    private static string? RoleOf(string role) => Enum.TryParse<Role>(role, out var known) ? PlatformWords.Of(known) : null;

    private static string? Upper(string? word) => word?.ToUpperInvariant();

    private static string Lower(string word) => word.ToLowerInvariant();

    private static Guid? Id(string? text, string field) => text is null ? null : Ids.Parse(text, field);

    private static string? Word(string? text, string field) => text is { Length: 0 or > MaxWord } ? throw Refusal.Invalid(field) : text;

    private static AuditAction? ActionOf(string? word)
    {
        if (word is null)
        {
            return null;
        }

        foreach (var action in Enum.GetValues<AuditAction>())
        {
            if (Upper(action.ToString()) == word)
            {
                return action;
            }
        }

        throw Refusal.Invalid("action");
    }

    /// <summary>A day, or a moment with its offset; UTC where it says none.</summary>
    private static DateTimeOffset? Time(string? text, string field)
    {
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw Refusal.Invalid(field);
    }
}
