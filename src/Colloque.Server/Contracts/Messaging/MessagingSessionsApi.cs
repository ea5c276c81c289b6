using Colloque.Audit;
using Colloque.Conversations;
using Colloque.Exports;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Messaging;

/// <summary>Document 003's sessions, and what one person may ask of their own: permissions, numbers, what waits, a copy.</summary>
internal static class MessagingSessionsApi
{
    private static readonly MessagingJson Json = MessagingJson.Default;

    internal static void MapMessagingSessions(this IEndpointRouteBuilder all)
    {
        all.MapPost("sessions", OpenAsync).WithSummary("The session of a context.").Accepts<MessagingSessionBody>("application/json").Produces<MessagingSession>().Audited("conversation", AuditAction.Read, clinical: true);
        all.MapPatch("sessions/{sessionId}/archive", ArchiveAsync).WithSummary("Put it away: readable, not writable.").Produces<MessagingSession>().Audited("conversation", clinical: true);
        all.MapPatch("sessions/{sessionId}/reopen", ReopenAsync).WithSummary("Take it out again.").Produces<MessagingSession>().Audited("conversation", clinical: true);
        all.MapGet("permissions/{contextType}/{contextId}/{userType}/{userId}", PermissionsAsync).WithSummary("What the caller may do in a context.").Produces<MessagingPermissions>().NotAudited();
        all.MapGet("stats/{userType}/{userId}", StatsAsync).WithSummary("One's own numbers.").Produces<MessagingStats>().NotAudited();
        all.MapGet("notifications/{userType}/{userId}", NotificationsAsync).WithSummary("Sessions in which something waits to be read.").Produces<MessagingNotifications>().NotAudited();
        all.MapGet("export/{contextType}/{contextId}", ExportAsync).WithSummary("A copy of all that was said: format=json, txt, html or pdf. Asks for password, code or passkey again, in a header; the other is told.")
            .Produces<MessagingHistory>().Produces<string>(200, "text/plain", "text/html", "application/pdf")
            .Audited("conversation", AuditAction.Export, clinical: true);
    }

    private static async Task<IResult> OpenAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, Json.MessagingSessionBody);
        var (kind, id) = MessagingWords.ToContext(body.ContextType, body.ContextId, body.Context);
        http.Audit().ResourceId = id;
        return Show(await MessagingApi.SessionAsync(http, verbs, kind, id));
    }

    private static Task<IResult> ArchiveAsync(string sessionId, HttpContext http, Verbs verbs, ConversationDesk desk) => ChangeAsync(sessionId, http, verbs, desk.ArchiveAsync);

    private static Task<IResult> ReopenAsync(string sessionId, HttpContext http, Verbs verbs, ConversationDesk desk) => ChangeAsync(sessionId, http, verbs, desk.ReopenAsync);

    private static async Task<IResult> ChangeAsync(string sessionId, HttpContext http, Verbs verbs, Func<Caller, Guid, CancellationToken, Task<ConversationView>> run)
    {
        var caller = http.Caller(Limit.ChatChange);
        var session = await MessagingApi.SessionAsync(http, verbs, null, MessagingWords.ToId(sessionId));
        return Show(session with { Conversation = await run(caller, session.Conversation.Id, http.RequestAborted) });
    }

    private static async Task<IResult> PermissionsAsync(string contextType, string contextId, string userType, string userId, HttpContext http, Verbs verbs)
    {
        MessagingWords.RequireOwn(http.Caller(), userType, userId);
        var (kind, id) = MessagingWords.ToContext(contextType, contextId);
        return Results.Json(MessagingWords.Permissions(await MessagingApi.SessionAsync(http, verbs, kind, id)), Json.MessagingPermissions);
    }

    private static async Task<IResult> StatsAsync(string userType, string userId, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        MessagingWords.RequireOwn(caller, userType, userId);
        var measure = await verbs.RunAsync(caller, (MeasureMessaging verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(MessagingWords.Of(measure, caller), Json.MessagingStats);
    }

    private static async Task<IResult> NotificationsAsync(string userType, string userId, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        MessagingWords.RequireOwn(caller, userType, userId);
        var sessions = await verbs.RunAsync(caller, (ListUnreadSessions verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(
            new MessagingNotifications([.. sessions.Select(s => MessagingWords.Notification(s, caller))], sessions.Sum(static s => s.Conversation.UnreadCount)), Json.MessagingNotifications);
    }

    private static async Task<IResult> ExportAsync(string contextType, string contextId, string? format, HttpContext http, Verbs verbs, TakeCopy copy)
    {
        var caller = http.Caller(Limit.Export);
        var (kind, id) = MessagingWords.ToContext(contextType, contextId);
        var form = ExportFormats.Parse(format ?? "json");
        var session = await MessagingApi.SessionAsync(http, verbs, kind, id);
        var export = await copy.OpenAsync(caller, id, form, ExportProofs.Of(http), Origins.Of(http), http.RequestAborted);
        return MessagingCopy.Of(export, session, http.RequestAborted);
    }

    private static IResult Show(ContextSession session) => Results.Json(MessagingWords.Of(session), Json.MessagingSession);
}
