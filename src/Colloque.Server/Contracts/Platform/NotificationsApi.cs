using System.Text;
using Colloque.Accounts;
using Colloque.Calendars;
using Colloque.Notifications;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's notifications, and calendars: what is told to people, how they want to be told, and where their calendars fetch their visits.</summary>
internal static class NotificationsApi
{
    internal static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/notifications").RequireCaller().WithTags("Notifications").Allow(Access.All);
        group.MapGet("", ListAsync).WithSummary("One's own notices, newest first.").Produces<NotificationPage>();
        group.MapPut("{id}/read", ReadAsync).WithSummary("Mark a notice as read.").Produces(204).NotAudited();
        group.MapPut("read-all", ReadAllAsync).WithSummary("Mark all notices as read.").Produces(204).NotAudited();
        group.MapDelete("{id}", RemoveAsync).WithSummary("Put a notice away.").Produces(204).NotAudited();
        group.MapGet("settings", SettingsAsync).WithSummary("What comes by mail, and when one is reminded.").Produces<NotificationSettings>();
        group.MapPut("settings", ChangeAsync).WithSummary("Change what comes by mail, and when one is reminded.").Accepts<NotificationSettings>("application/json").Produces<NotificationSettings>();

        var feed = routes.MapGroup("/api/calendar/feed").RequireCaller().WithTags("Calendars").Audited("calendar_feed").Allow(Access.Clinical);
        feed.MapGet("", FeedAsync).WithSummary("Whether one's calendar has an address of its own.").Produces<CalendarFeedAnswer>();
        feed.MapPost("regenerate", RenewAsync).WithSummary("Give one's calendar a new address; the one before stops working.").Produces<CalendarFeedAnswer>();
        feed.MapDelete("", DropAsync).WithSummary("Take the address of one's calendar back.").Produces(204);
        routes.MapGroup("/api/consultations").RequireCaller().WithTags("Calendars").MapGet("{id}/calendar.ics", VisitAsync).WithSummary("A consultation for one's calendar.")
            .WithMetadata(Calendar).Allow(Access.Clinical).NotAudited();
        routes.MapGet("/calendars/{name}", CalendarAsync).WithTags("Calendars").WithSummary("A calendar, to whoever knows its address.").WithMetadata(Calendar).AllowEveryone().NotAudited();
    }

    private static ProducesResponseTypeMetadata Calendar { get; } = new(200, typeof(Stream), ["text/calendar"]);

    private static async Task<IResult> ListAsync(bool? unread, string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var most = Limits.Parse(limit, 50, 100);
        var page = await verbs.RunAsync(caller, (ListNotices verb) => verb.RunAsync(unread ?? false, cursor, most, http.RequestAborted), http.RequestAborted);
        var language = Sentences.Language(http.Request.Headers.AcceptLanguage);
        return Results.Json(
            new NotificationPage([.. page.Items.Select(n => NotificationWords.Of(n, caller.Role, language))], page.UnreadCount, new(page.NextCursor)), NotificationsJson.Default.NotificationPage);
    }

    private static async Task<IResult> ReadAsync(string id, HttpContext http, Verbs verbs)
    {
        var notice = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (MarkNoticesRead verb) => verb.RunAsync(notice, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, Verbs verbs)
    {
        var notice = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (RemoveNotice verb) => verb.RunAsync(notice, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ReadAllAsync(HttpContext http, Verbs verbs)
    {
        await verbs.RunAsync(http.Caller(), (MarkNoticesRead verb) => verb.AllAsync(http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> SettingsAsync(HttpContext http, Verbs verbs) =>
        Show(await verbs.RunAsync(http.Caller(), (ReadNoticeSettings verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted));

    private static async Task<IResult> ChangeAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, NotificationsJson.Default.NotificationSettings);
        return Show(await verbs.RunAsync(
            http.Caller(), (ChangeNoticeSettings verb) => verb.RunAsync(NotificationChoices.Of(body), http.RequestAborted), http.RequestAborted));
    }

    private static IResult Show(NoticeSettings settings) =>
        Results.Json(NotificationChoices.Of(settings), NotificationsJson.Default.NotificationSettings);

    private static async Task<IResult> FeedAsync(HttpContext http, Verbs verbs)
    {
        var since = await verbs.RunAsync(http.Caller(), (ReadCalendarFeed verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(new CalendarFeedAnswer(since is not null, since?.UtcDateTime, null), NotificationsJson.Default.CalendarFeedAnswer);
    }

    private static async Task<IResult> RenewAsync(HttpContext http, Verbs verbs, PublicAddress address, TimeProvider time)
    {
        var token = await verbs.RunAsync(http.Caller(), (RenewCalendarFeed verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(new CalendarFeedAnswer(true, time.GetUtcNow().UtcDateTime, $"{address.Text}/calendars/{token.Text()}.ics"), NotificationsJson.Default.CalendarFeedAnswer);
    }

    private static async Task<IResult> DropAsync(HttpContext http, Verbs verbs)
    {
        await verbs.RunAsync(http.Caller(), (DropCalendarFeed verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> VisitAsync(string id, HttpContext http, Verbs verbs)
    {
        var visit = Ids.Parse(id, "id");
        return Text(http, await verbs.RunAsync(http.Caller(), (ShowVisitCalendar verb) => verb.RunAsync(visit, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> CalendarAsync(string name, HttpContext http, Verbs verbs, RateLimits limits)
    {
        limits.Take(Limit.CalendarNetwork, new Origin(http.Connection.RemoteIpAddress, null).NetworkKey);
        var token = name.EndsWith(".ics", StringComparison.Ordinal) ? name[..^4] : null;
        return Text(http, await verbs.RunAsync(null, (ShowCalendarFeed verb) => verb.RunAsync(token, http.RequestAborted), http.RequestAborted));
    }

    private static IResult Text(HttpContext http, string calendar)
    {
        // A calendar is its owner's: no proxy may keep it.
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(Encoding.UTF8.GetBytes(calendar), "text/calendar; charset=utf-8", "colloque.ics");
    }
}
