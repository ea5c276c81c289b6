using Colloque.Audit;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Server.Operations;
using Colloque.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Colloque.Server.Contracts.Messaging;

/// <summary>Document 003 over HTTP: messages about prescriptions and exam results.</summary>
internal static class MessagingApi
{
    private const long MaxForm = (MessageRequest.MaxFiles * FileAnnouncement.MaxSize) + (256 * 1024);

    private static readonly MessagingJson Json = MessagingJson.Default;

    internal static void MapMessaging(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/messaging").WithDocumentsCodes().RequireCaller().WithTags("Messaging").Audited("message", clinical: true).Allow(Access.Clinical);
        all.MapGet("history/{contextType}/{contextId}", HistoryAsync).WithSummary("What was said, page by page from the newest.").Produces<MessagingHistory>().Audited("conversation", clinical: true);
        all.MapPost("send", SendAsync).WithSummary("Send a message, as JSON or as a form with its files.").Accepts<MessagingSendBody>("application/json", "multipart/form-data").Produces<MessagingMessage>(201)
            .WithMetadata(new RequestSizeLimitAttribute(MaxForm));
        all.MapPatch("messages/{messageId}/read", ReadAsync).WithSummary("Mark as read, with all before it.").Produces<MessagingMessage>().NotAudited();
        all.MapDelete("messages/{messageId}", DeleteAsync).WithSummary("Take one's own message back, within 15 minutes.").Produces<MessagingMessage>();
        all.MapGet("attachments/{contextType}/{contextId}/{fileId}", AttachmentAsync).WithSummary("A link to an attachment's bytes, good for five minutes.").Produces<MessagingLink>()
            .Audited("file", AuditAction.Read, clinical: true);
        all.MapMessagingSessions();
    }

    private static async Task<IResult> HistoryAsync(string contextType, string contextId, string? cursor, string? limit, HttpContext http, Verbs verbs, MessageLog log)
    {
        var caller = http.Caller();
        var (kind, id) = MessagingWords.ToContext(contextType, contextId);
        var (before, most) = (PageCursor.ToSeq(cursor) ?? long.MaxValue, Limits.Parse(limit, 50, 100));
        var session = await SessionAsync(http, verbs, kind, id);
        var page = await log.BeforeAsync(caller, id, before, most, http.RequestAborted);
        var next = page.Messages is [.., var last] && last.Seq > 1 ? PageCursor.OfSeq(last.Seq) : null;
        return Results.Json(
            new MessagingHistory(MessagingWords.Of(session), [.. page.Messages.Reverse().Select(m => MessagingWords.Of(m, session.Conversation))], new(next)), Json.MessagingHistory);
    }

    private static async Task<IResult> SendAsync(HttpContext http, Verbs verbs, PostMessage post, TakeMessage take, MessagingNumbers numbers)
    {
        var caller = http.Caller(Limit.ChatSend);
        var began = numbers.Now;
        var (session, message) = Multipart.Is(http.Request)
            ? await Multipart.ReadAsync(() => SendFormAsync(http, caller, verbs, take))
            : await SendJsonAsync(http, caller, verbs, post);
        numbers.Sent(began, session.Conversation.LastMessage is { } last && last.SenderId != caller.UserId ? message.CreatedAt - last.CreatedAt : null);
        http.Audit().ResourceId = message.Id;
        return Show(message, session, 201);
    }

    private static async Task<(ContextSession Session, MessageView Message)> SendJsonAsync(HttpContext http, Caller caller, Verbs verbs, PostMessage post)
    {
        var body = await JsonBody.ReadAsync(http, Json.MessagingSendBody);
        var (kind, id) = MessagingWords.ToContext(body.ContextType, body.ContextId, body.Context);
        var request = ToRequest(http, body);
        var session = await SessionAsync(http, verbs, kind, id);
        return (session, await post.RunAsync(caller, id, request, http.RequestAborted));
    }

    private static async Task<(ContextSession Session, MessageView Message)> SendFormAsync(HttpContext http, Caller caller, Verbs verbs, TakeMessage take)
    {
        http.RequestServices.GetRequiredService<RateLimits>().Take(Limit.FilePrepare, caller.UserId);
        await using var parts = Multipart.PartsAsync(http, http.RequestAborted).GetAsyncEnumerator(http.RequestAborted);
        var form = new MessagingForm(parts, http.RequestAborted);
        var (kind, id) = await form.BeginAsync();
        var session = await SessionAsync(http, verbs, kind, id);
        var message = await take.RunAsync(
            caller,
            async tray =>
            {
                await form.ReceiveAsync(tray);
                return (id, form.ToRequest(http));
            },
            http.RequestAborted);
        return (session, message);
    }

    /// <summary>What the core takes. The client's word for the type must be one of the document's; what is shown is what the files are.</summary>
    /// <exception cref="Refusal">422.</exception>
    internal static MessageRequest ToRequest(HttpContext http, MessagingSendBody body)
    {
        if (body.Type is not (null or "text" or "image" or "file" or "voice"))
        {
            throw Refusal.Invalid("type");
        }

        var key = http.Request.Headers["Idempotency-Key"];
        return new(body.Content, body.ClientMsgId ?? (key is [{ } one] ? one : null))
        {
            ReplyTo = body.ReplyTo is null ? null : Ids.Parse(body.ReplyTo, "replyTo"),
            IsUrgent = body.Metadata?.IsUrgent is true,
            RequiresResponse = body.Metadata?.RequiresResponse is true,
            Intent = body.Metadata?.Action,
            FileIds = body.Attachments is null ? [] : [.. body.Attachments.Select(static f => Ids.Parse(f, "attachments"))],
        };
    }

    private static async Task<IResult> ReadAsync(string messageId, HttpContext http, Verbs verbs, MessageLog log)
    {
        var caller = http.Caller(Limit.ChatReceipt);
        var (session, id) = await OfMessageAsync(http, verbs, messageId);
        await log.AdvanceAsync(caller, session.Conversation.Id, id, ReceiptKind.Read);
        return Show(await log.OneAsync(caller, session.Conversation.Id, id, http.RequestAborted), session);
    }

    private static async Task<IResult> DeleteAsync(string messageId, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.ChatChange);
        var (session, id) = await OfMessageAsync(http, verbs, messageId);
        return Show(await verbs.RunAsync(caller, (DeleteMessage verb) => verb.RunAsync(session.Conversation.Id, id, http.RequestAborted), http.RequestAborted), session);
    }

    private static async Task<IResult> AttachmentAsync(string contextType, string contextId, string fileId, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.FileDownload);
        var (kind, id) = MessagingWords.ToContext(contextType, contextId);
        var file = MessagingWords.ToId(fileId);
        await SessionAsync(http, verbs, kind, id);
        http.Audit().ResourceId = file;
        var link = await verbs.RunAsync(caller, (DownloadFile verb) => verb.RunAsync(id, file, Origins.Of(http), http.RequestAborted), http.RequestAborted);
        return Results.Json(new MessagingLink(link.DownloadUrl, link.ExpiresAt.UtcDateTime), Json.MessagingLink);
    }

    /// <summary>The session of a context, or of whatever record has this id. Whoever asks, it is noted as about its patient.</summary>
    /// <exception cref="Refusal">404.</exception>
    internal static async Task<ContextSession> SessionAsync(HttpContext http, Verbs verbs, ConversationKind? kind, Guid id)
    {
        var session = await verbs.RunAsync(http.Caller(), (GetContextSession verb) => verb.RunAsync(kind, id, http.RequestAborted), http.RequestAborted);
        http.Audit().SubjectId = session.Conversation.Patient.UserId;
        return session;
    }

    private static async Task<(ContextSession Session, Guid Message)> OfMessageAsync(HttpContext http, Verbs verbs, string messageId)
    {
        var id = MessagingWords.ToId(messageId);
        var conversation = await verbs.RunAsync(http.Caller(), (FindMessage verb) => verb.RunAsync(id, http.RequestAborted), http.RequestAborted);
        return (await SessionAsync(http, verbs, null, conversation), id);
    }

    private static IResult Show(MessageView message, ContextSession session, int status = 200) =>
        Results.Json(MessagingWords.Of(message, session.Conversation), Json.MessagingMessage, statusCode: status);
}
