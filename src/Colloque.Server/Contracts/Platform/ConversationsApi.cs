using Colloque.Audit;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Conversations of every kind over HTTP: the list, the thread, who is in it, and where it stands.</summary>
internal static class ConversationsApi
{
    internal static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/conversations").RequireCaller().WithTags("Conversations").Audited("conversation", clinical: true).Allow(Access.Clinical);
        all.MapGet("", ListAsync).WithSummary("One's conversations, newest message first.").Produces<ConversationsPage>();
        all.MapPost("", OpenAsync).WithSummary("The direct conversation with somebody, opened if there is none.").Accepts<OpenConversationBody>("application/json").Produces<ConversationAnswer>().Produces<ConversationAnswer>(201);
        all.MapGet("{id}", GetAsync).WithSummary("One conversation.").Produces<ConversationAnswer>();
        all.MapGet("{id}/messages", MessagesAsync).WithSummary("A page of messages: newest first, or with afterSeq oldest first from there.").Produces<ChatPage>();
        all.MapPost("{id}/messages", SendAsync).WithSummary("Send words, uploaded files, or both.").Accepts<ChatSendBody>("application/json").Produces<ChatMessage>(201);
        all.MapPost("{id}/read", ReadAsync).WithSummary("Mark all as read.").Produces<ReadAnswer>().NotAudited();
        all.MapPost("{id}/archive", ArchiveAsync).WithSummary("Put it away: readable, not writable.").Produces<ConversationAnswer>();
        all.MapPost("{id}/reopen", ReopenAsync).WithSummary("Take it out again.").Produces<ConversationAnswer>();
        all.MapPost("{id}/close", CloseAsync).WithSummary("Close it for good.").Produces<ConversationAnswer>().Allow(Role.Practitioner);
        all.MapPut("{id}/participants/{userId}", SeatAsync).WithSummary("Ask another practitioner in.").Accepts<SeatBody>("application/json").Produces<ConversationAnswer>().Allow(Role.Practitioner);
        all.MapDelete("{id}/participants/{userId}", UnseatAsync).WithSummary("End the seat of somebody who was asked in.").Produces(204).Allow(Role.Practitioner);
        all.MapPost("{id}/files/prepare", PrepareAsync).WithSummary("Announce a file; answers with where to put it.").Accepts<ChatFileBody>("application/json").Produces<ChatUpload>(201);
        all.MapGet("{id}/files/{fileId}/download", DownloadAsync).WithSummary("A link to the file's bytes, good for five minutes.").Produces<ChatDownload>().Audited("file", AuditAction.Read, clinical: true);

        var deputy = routes.MapGroup("/api/practitioners/me/deputy").RequireCaller().WithTags("Conversations").Audited("deputy").Allow(Role.Practitioner);
        deputy.MapGet("", DeputyAsync).WithSummary("Who is asked when an urgent message finds nobody.").Produces<DeputyAnswer>();
        deputy.MapPut("", NameDeputyAsync).WithSummary("Name one's deputy; null for none.").Accepts<DeputyBody>("application/json").Produces<DeputyAnswer>();
    }

    private static async Task<IResult> ListAsync(string? kind, bool? archived, string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var kinds = kind is null ? [] : kind.Split(',').Select(ChatWords.ToKind).ToArray();
        var after = PageCursor.ToTime(cursor);
        var most = Limits.Parse(limit, 50, 500);
        var page = await verbs.RunAsync(http.Caller(), (ListConversations verb) => verb.RunAsync(kinds, archived is true, after, most, http.RequestAborted), http.RequestAborted);
        return Results.Json(
            new ConversationsPage([.. page.Items.Select(ChatWords.Of)], new(page.Next is { } next ? PageCursor.OfTime(next.At, next.Id) : null)), ChatJson.Default.ConversationsPage);
    }

    private static async Task<IResult> OpenAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, ChatJson.Default.OpenConversationBody);
        var other = Ids.Parse(body.UserId, "userId");
        var (view, created) = await verbs.RunAsync(http.Caller(), (OpenDirectConversation verb) => verb.RunAsync(other, http.RequestAborted), http.RequestAborted);
        http.Audit().ResourceId = view.Id;
        return Results.Json(ChatWords.Of(view), ChatJson.Default.ConversationAnswer, statusCode: created ? 201 : 200);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, Verbs verbs)
    {
        var conversation = Ids.Parse(id, "id");
        return Show(await verbs.RunAsync(http.Caller(), (GetConversation verb) => verb.RunAsync(conversation, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> MessagesAsync(string id, string? cursor, string? limit, string? afterSeq, HttpContext http, MessageLog log)
    {
        var caller = http.Caller();
        var conversation = Ids.Parse(id, "id");
        var most = Limits.Parse(limit, 50, 100);
        var page = ToSeq(afterSeq) is { } after
            ? await log.AfterAsync(caller, conversation, after, most, http.RequestAborted)
            : await log.BeforeAsync(caller, conversation, PageCursor.ToSeq(cursor) ?? long.MaxValue, most, http.RequestAborted);
        // Seq has no gaps: number 1 is the end of what goes back. Pages that go forward are asked for by the last seq one has.
        var next = afterSeq is null && page.Messages is [.., var last] && last.Seq > 1 ? PageCursor.OfSeq(last.Seq) : null;
        return Results.Json(new ChatPage([.. page.Messages.Select(ChatWords.Of)], new(next), page.Head.Seq, page.Head.Change), ChatJson.Default.ChatPage);
    }

    private static long? ToSeq(string? text) => text is null ? null : long.TryParse(text, System.Globalization.NumberStyles.None, null, out var seq) ? seq : throw Refusal.Invalid("afterSeq");

    private static async Task<IResult> SendAsync(string id, HttpContext http, PostMessage post)
    {
        var caller = http.Caller(Limit.ChatSend);
        var conversation = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, ChatJson.Default.ChatSendBody);
        var message = await post.RunAsync(caller, conversation, body.ToRequest(http), http.RequestAborted);
        return Results.Json(ChatWords.Of(message), ChatJson.Default.ChatMessage, statusCode: 201);
    }

    private static async Task<IResult> ReadAsync(string id, HttpContext http, ReadConversation read) =>
        Results.Json(new ReadAnswer(await read.RunAsync(http.Caller(), Ids.Parse(id, "id"), http.RequestAborted)), ChatJson.Default.ReadAnswer);

    private static async Task<IResult> ArchiveAsync(string id, HttpContext http, ConversationDesk desk) => Show(await desk.ArchiveAsync(http.Caller(), Ids.Parse(id, "id"), http.RequestAborted));

    private static async Task<IResult> ReopenAsync(string id, HttpContext http, ConversationDesk desk) => Show(await desk.ReopenAsync(http.Caller(), Ids.Parse(id, "id"), http.RequestAborted));

    private static async Task<IResult> CloseAsync(string id, HttpContext http, ConversationDesk desk) => Show(await desk.CloseAsync(http.Caller(), Ids.Parse(id, "id"), http.RequestAborted));

    private static async Task<IResult> SeatAsync(string id, string userId, HttpContext http, ConversationDesk desk)
    {
        var (conversation, person) = (Ids.Parse(id, "id"), Ids.Parse(userId, "userId"));
        var body = await JsonBody.ReadAsync(http, ChatJson.Default.SeatBody);
        return Show(await desk.SeatAsync(http.Caller(), conversation, person, body.History is true, http.RequestAborted));
    }

    private static async Task<IResult> UnseatAsync(string id, string userId, HttpContext http, ConversationDesk desk)
    {
        var (conversation, person) = (Ids.Parse(id, "id"), Ids.Parse(userId, "userId"));
        await desk.UnseatAsync(http.Caller(), conversation, person, http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> PrepareAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.FilePrepare);
        var conversation = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, ChatJson.Default.ChatFileBody);
        var announced = new FileAnnouncement(body.Filename, body.MimeType, body.SizeBytes, body.Sha256);
        var file = await verbs.RunAsync(caller, (PrepareFile verb) => verb.RunAsync(conversation, announced, Origins.Of(http), http.RequestAborted), http.RequestAborted);
        return Results.Json(new ChatUpload(file.FileId, file.UploadUrl, file.ExpiresAt.UtcDateTime), ChatJson.Default.ChatUpload, statusCode: 201);
    }

    private static async Task<IResult> DownloadAsync(string id, string fileId, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.FileDownload);
        var (conversation, file) = (Ids.Parse(id, "id"), Ids.Parse(fileId, "fileId"));
        var link = await verbs.RunAsync(caller, (DownloadFile verb) => verb.RunAsync(conversation, file, Origins.Of(http), http.RequestAborted), http.RequestAborted);
        return Results.Json(new ChatDownload(link.DownloadUrl, link.ExpiresAt.UtcDateTime), ChatJson.Default.ChatDownload);
    }

    private static async Task<IResult> DeputyAsync(HttpContext http, Verbs verbs) =>
        Show(await verbs.RunAsync(http.Caller(), (NameDeputy verb) => verb.FindAsync(http.RequestAborted), http.RequestAborted));

    private static async Task<IResult> NameDeputyAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, ChatJson.Default.DeputyBody);
        Guid? deputy = body.DeputyId is null ? null : Ids.Parse(body.DeputyId, "deputyId");
        return Show(await verbs.RunAsync(http.Caller(), (NameDeputy verb) => verb.NameAsync(deputy, body.AfterMinutes ?? 15, http.RequestAborted), http.RequestAborted));
    }

    private static IResult Show(ConversationView view) => Results.Json(ChatWords.Of(view), ChatJson.Default.ConversationAnswer);

    private static IResult Show(Deputy? deputy) => Results.Json(new DeputyAnswer(deputy?.UserId, deputy?.Name, deputy?.AfterMinutes), ChatJson.Default.DeputyAnswer);
}
