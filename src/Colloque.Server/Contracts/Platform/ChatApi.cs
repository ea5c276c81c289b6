using Colloque.Audit;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Http;
using Microsoft.AspNetCore.Mvc;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's chat over HTTP, for who has no socket: <c>/api/chat/{consultationId}</c>, the id of any conversation.</summary>
internal static class ChatApi
{
    private const int MaxField = 4 * MessageText.MaxLength;

    internal static void MapChat(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/chat").RequireCaller().WithTags("Chat").Audited("conversation", clinical: true).Allow(Access.Clinical);
        all.MapGet("{consultationId}/messages", MessagesAsync).WithSummary("The newest page of messages, oldest first; the cursor leads to older ones, afterSeq to newer ones.").Produces<ChatPage>();
        all.MapPost("{consultationId}/messages", SendAsync).WithSummary("Send words, uploaded files, or both.").Accepts<ChatSendBody>("application/json").Produces<ChatMessage>(201);
        all.MapPut("messages/{id:guid}/read", ReadAsync).WithSummary("Mark a message, and all before it, as read.").Produces<ChatMessage>().NotAudited();
        all.MapPost("{consultationId}/upload", UploadAsync).WithSummary("Send files, five at most, with words or without: a form.").Accepts<IFormFile>("multipart/form-data").Produces<ChatMessage>(201)
            .WithMetadata(new RequestSizeLimitAttribute((MessageRequest.MaxFiles * FileAnnouncement.MaxSize) + (256 * 1024))).Audited("file", AuditAction.Create, clinical: true);
    }

    private static async Task<IResult> MessagesAsync(string consultationId, string? cursor, string? limit, string? afterSeq, HttpContext http, MessageLog log)
    {
        var conversation = Ids.Parse(consultationId, "consultationId");
        var most = Limits.Parse(limit, 50, 100);
        long? after = afterSeq is null ? null : long.TryParse(afterSeq, System.Globalization.NumberStyles.None, null, out var seq) ? seq : throw Refusal.Invalid("afterSeq");
        var page = after is { } known
            ? await log.AfterAsync(http.Caller(), conversation, known, most, http.RequestAborted)
            : await log.BeforeAsync(http.Caller(), conversation, PageCursor.ToSeq(cursor) ?? long.MaxValue, most, http.RequestAborted);
        ChatMessage[] items = [.. (after is null ? page.Messages.Reverse() : page.Messages).Select(ChatWords.Of)];
        // Seq has no gaps: number 1 is the end of what goes back.
        var next = after is null && items is [var oldest, ..] && oldest.Seq > 1 ? PageCursor.OfSeq(oldest.Seq) : null;
        return Results.Json(new ChatPage(items, new(next), page.Head.Seq, page.Head.Change), ChatJson.Default.ChatPage);
    }

    private static async Task<IResult> SendAsync(string consultationId, HttpContext http, PostMessage post)
    {
        var caller = http.Caller(Limit.ChatSend);
        var conversation = Ids.Parse(consultationId, "consultationId");
        var body = await JsonBody.ReadAsync(http, ChatJson.Default.ChatSendBody);
        return Show(await post.RunAsync(caller, conversation, body.ToRequest(http), http.RequestAborted), 201);
    }

    private static async Task<IResult> ReadAsync(string id, HttpContext http, ReadMessage read) =>
        Show(await read.ShowAsync(http.Caller(Limit.ChatReceipt), Ids.Parse(id, "id"), http.RequestAborted), 200);

    private static async Task<IResult> UploadAsync(string consultationId, HttpContext http, TakeMessage take)
    {
        var caller = http.Caller(Limit.FilePrepare);
        var conversation = Ids.Parse(consultationId, "consultationId");
        var message = await Multipart.ReadAsync(() => take.RunAsync(caller, async tray => (conversation, await FormAsync(http, tray)), http.RequestAborted));
        return Show(message, 201);
    }

    /// <exception cref="Refusal">422 <c>file</c> none came; a field of another name.</exception>
    private static async Task<MessageRequest> FormAsync(HttpContext http, UploadTray tray)
    {
        string? content = null;
        var clientMsgId = http.Request.Headers["Idempotency-Key"] is [{ } key] ? key : null;
        var files = 0;
        await foreach (var part in Multipart.PartsAsync(http, http.RequestAborted))
        {
            switch (part)
            {
                case { Filename: not null }:
                    await tray.ReceiveAsync(part.Filename, part.ContentType, part.Body, http.RequestAborted);
                    files++;
                    break;
                case { Name: "content" }:
                    content = await part.TextAsync(MaxField, http.RequestAborted);
                    break;
                case { Name: "clientMsgId" }:
                    clientMsgId = await part.TextAsync(http.RequestAborted);
                    break;
                default:
                    throw Refusal.Invalid(part.Name, "unknown_member");
            }
        }

        return files > 0 ? new(string.IsNullOrEmpty(content) ? null : content, clientMsgId) : throw Refusal.Invalid("file", "required");
    }

    private static IResult Show(MessageView message, int status) => Results.Json(ChatWords.Of(message), ChatJson.Default.ChatMessage, statusCode: status);
}
