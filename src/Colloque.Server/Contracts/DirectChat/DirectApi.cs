using Colloque.Audit;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Colloque.Server.Contracts.DirectChat;

/// <summary>Document 004 over HTTP: <c>/api/chat</c>, by numbers.</summary>
internal static class DirectApi
{
    private const int DefaultPage = 50;
    private const int LargestPage = 200;

    /// <summary>Where skipping ends: more than any conversation has.</summary>
    private const long LargestOffset = 1_000_000_000;

    private static readonly DirectJson Json = DirectJson.Default;

    internal static void MapDirectChat(this IEndpointRouteBuilder routes)
    {
        var chat = routes.MapGroup("/api/chat").RequireCaller().WithTags("Direct chat").Audited("conversation", clinical: true).Allow(Access.Clinical);
        chat.MapPost("get-or-create", OpenAsync).WithSummary("The chat of a doctor and a patient, opened if there is none.").Accepts<DirectPairBody>("application/json")
            .Produces<DirectChatAnswer>().Produces<DirectChatAnswer>(201);
        chat.MapPost("message", SendAsync).WithSummary("Sends words, up to five files, or both.").Accepts<IFormFile>("multipart/form-data", "application/json").Produces<DirectMessageAnswer>(201)
            .WithMetadata(new RequestSizeLimitAttribute((MessageRequest.MaxFiles * FileAnnouncement.MaxSize) + (256 * 1024))).Audited("message", AuditAction.Create, clinical: true);
        chat.MapGet("messages/{chatId}", MessagesAsync).WithSummary("Messages of a chat, oldest first.").Produces<DirectPageAnswer>();
        chat.MapGet("chats", ListAsync).WithSummary("All of one's chats, newest message first.").Produces<DirectListAnswer>();
        chat.MapGet("contacts", ContactsAsync).WithSummary("With whom one may have a chat, and by which numbers.").Produces<DirectContactsAnswer>();
        chat.MapPut("messages/{chatId}/read", ReadAsync).WithSummary("Marks all messages of a chat as read.").Produces<DirectReadAnswer>().NotAudited();

        var one = chat.MapGroup("chats/{chatId}").Audited("message", clinical: true);
        one.MapGet("pins", PinsAsync).WithSummary("Pinned messages, newest first.").Produces<DirectPageAnswer>();
        one.MapPost("messages/{messageId}/reactions", ReactAsync).WithSummary("Reacts with an emoji.").Accepts<DirectReactionBody>("application/json").Produces<DirectMessageAnswer>();
        one.MapDelete("messages/{messageId}/reactions/{emoji}", UnreactAsync).WithSummary("Takes a reaction back.").Produces<DirectMessageAnswer>();
        one.MapPost("messages/{messageId}/pin", (string chatId, string messageId, HttpContext http, Verbs verbs, DirectWords words) => PinAsync(chatId, messageId, true, http, verbs, words))
            .WithSummary("Pins a message for both.").Produces<DirectMessageAnswer>();
        one.MapDelete("messages/{messageId}/pin", (string chatId, string messageId, HttpContext http, Verbs verbs, DirectWords words) => PinAsync(chatId, messageId, false, http, verbs, words))
            .WithSummary("Lets it go.").Produces<DirectMessageAnswer>();
    }

    private static async Task<IResult> OpenAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, Json.DirectPairBody);
        var (doctor, patient) = (body.DoctorId ?? throw Refusal.Invalid("practitioner", "required"), body.PatientId ?? throw Refusal.Invalid("patient", "required"));
        var (view, created) = await verbs.RunAsync(http.Caller(), (OpenDirectConversation verb) => verb.RunAsync(doctor, patient, http.RequestAborted), http.RequestAborted);
        http.Audit().ResourceId = view.Id;
        return Results.Json(new DirectChatAnswer(true, created ? "Chat created successfully" : "Chat found", DirectWords.Of(view)), Json.DirectChatAnswer, statusCode: created ? 201 : 200);
    }

    private static async Task<IResult> SendAsync(HttpContext http, Verbs verbs, PostMessage post, TakeMessage take, DirectWords words)
    {
        var caller = http.Caller(Limit.ChatSend);
        ConversationView? chat = null;
        async Task<Guid> FindAsync(long? number, long? doctor, long? patient) => (chat = await SeatAsync(http, verbs, number, doctor, patient)).Id;
        MessageView message;
        if (http.Request.HasJsonContentType())
        {
            var body = await JsonBody.ReadAsync(http, Json.DirectSendBody);
            var id = await FindAsync(body.ChatId, body.DoctorId, body.PatientId);
            message = await post.RunAsync(caller, id, new(body.MessageText, body.ClientMsgId ?? DirectForm.KeyOf(http)), http.RequestAborted);
        }
        else
        {
            message = await Multipart.ReadAsync(() => take.RunAsync(
                caller,
                async tray =>
                {
                    var form = await DirectForm.ReadAsync(http, tray);
                    return (await FindAsync(form.ChatId, form.DoctorId, form.PatientId), form.Request);
                },
                http.RequestAborted));
        }

        return Show("Message sent successfully", words.Of(message, chat!, caller), 201);
    }

    private static async Task<IResult> MessagesAsync(string chatId, string? limit, string? offset, HttpContext http, Verbs verbs, MessageLog log, DirectWords words)
    {
        var caller = http.Caller();
        var most = Limits.Parse(limit, DefaultPage, LargestPage);
        var skip = offset is null ? 0 : DirectWords.Number(offset, "offset");
        if (skip > LargestOffset)
        {
            throw Refusal.Invalid("offset");
        }

        var chat = await SeatAsync(http, verbs, DirectWords.Number(chatId, "chatId"), null, null);
        // Messages are numbered 1, 2, 3 … without gaps: so many skipped is so far on, however many there are.
        var page = await log.AfterAsync(caller, chat.Id, chat.Floor + skip, most, http.RequestAborted);
        return Page(page, chat, caller, words, "Messages retrieved successfully", page.Head.Seq - chat.Floor);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Verbs verbs)
    {
        var (caller, most) = (http.Caller(), ListConversations.Most);
        var list = await verbs.RunAsync(caller, (ListConversations verb) => verb.RunAsync([ConversationKind.Direct], archived: null, after: null, most, http.RequestAborted), http.RequestAborted);
        var pictures = await verbs.RunAsync(caller, (ListPictures verb) => verb.RunAsync(list.Items, http.RequestAborted), http.RequestAborted);
        return Results.Json(new DirectListAnswer(true, "Chats retrieved successfully", [.. list.Items.Select(c => DirectWords.Of(c, pictures))]), Json.DirectListAnswer);
    }

    private static async Task<IResult> ContactsAsync(HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var contacts = await verbs.RunAsync(caller, (ListChatContacts verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(new DirectContactsAnswer(true, "Contacts retrieved successfully", [.. contacts.Select(c => DirectWords.Of(c, caller.Role))]), Json.DirectContactsAnswer);
    }

    private static async Task<IResult> ReadAsync(string chatId, HttpContext http, Verbs verbs, ReadConversation read)
    {
        var chat = await SeatAsync(http, verbs, DirectWords.Number(chatId, "chatId"), null, null);
        return Results.Json(new DirectReadAnswer(true, "Messages marked as read", await read.RunAsync(http.Caller(), chat.Id, http.RequestAborted)), Json.DirectReadAnswer);
    }

    private static async Task<IResult> PinsAsync(string chatId, HttpContext http, Verbs verbs, MessageLog log, DirectWords words)
    {
        var chat = await SeatAsync(http, verbs, DirectWords.Number(chatId, "chatId"), null, null);
        var page = await log.PinnedAsync(http.Caller(), chat.Id, http.RequestAborted);
        return Page(page, chat, http.Caller(), words, "Pinned messages retrieved successfully", page.Messages.Count);
    }

    private static async Task<IResult> ReactAsync(string chatId, string messageId, HttpContext http, Verbs verbs, DirectWords words)
    {
        var body = await JsonBody.ReadAsync(http, Json.DirectReactionBody);
        return await ChangeAsync(chatId, messageId, http, verbs, words, "Reaction added", (verb, chat, message) => verb.RunAsync(chat, message, body.Emoji, on: true, http.RequestAborted));
    }

    private static Task<IResult> UnreactAsync(string chatId, string messageId, string emoji, HttpContext http, Verbs verbs, DirectWords words) =>
        ChangeAsync(chatId, messageId, http, verbs, words, "Reaction removed", (verb, chat, message) => verb.RunAsync(chat, message, emoji, on: false, http.RequestAborted));

    private static Task<IResult> PinAsync(string chatId, string messageId, bool on, HttpContext http, Verbs verbs, DirectWords words) =>
        ChangeAsync(chatId, messageId, http, verbs, words, on ? "Message pinned" : "Message unpinned", (verb, chat, message) => verb.PinAsync(chat, message, on, http.RequestAborted));

    private static async Task<IResult> ChangeAsync(
        string chatId, string messageId, HttpContext http, Verbs verbs, DirectWords words, string done, Func<ChangeInChat, long, long, Task<(ConversationView Chat, MessageView Message)>> run)
    {
        var caller = http.Caller(Limit.ChatChange);
        var (chat, message) = (DirectWords.Number(chatId, "chatId"), DirectWords.Number(messageId, "messageId"));
        var changed = await verbs.RunAsync(caller, (ChangeInChat verb) => run(verb, chat, message), http.RequestAborted);
        http.Audit().ResourceId = changed.Message.Id;
        return Show(done, words.Of(changed.Message, changed.Chat, caller), 200);
    }

    private static async Task<ConversationView> SeatAsync(HttpContext http, Verbs verbs, long? number, long? doctor, long? patient)
    {
        var chat = await verbs.RunAsync(http.Caller(), (FindChat verb) => verb.RunAsync(number, doctor, patient, http.RequestAborted), http.RequestAborted);
        http.Audit().ResourceId = chat.Id;
        return chat;
    }

    private static IResult Page(ConversationPage page, ConversationView chat, Caller caller, DirectWords words, string said, long total) =>
        Results.Json(new DirectPageAnswer(true, said, [.. page.Messages.Select(m => words.Of(m, chat, caller))], total), Json.DirectPageAnswer);

    private static IResult Show(string said, DirectMessage message, int status) => Results.Json(new DirectMessageAnswer(true, said, message), Json.DirectMessageAnswer, statusCode: status);
}
