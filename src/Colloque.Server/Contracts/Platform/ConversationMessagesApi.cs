using Colloque.Conversations;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>What is done to one message of a conversation, over HTTP; its sockets have the same.</summary>
internal static class ConversationMessagesApi
{
    internal static void MapConversationMessages(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/conversations/{id}").RequireCaller().WithTags("Conversations").Audited("message", clinical: true).Allow(Access.Clinical);
        all.MapGet("pins", PinsAsync).WithSummary("Pinned messages, newest first; to practitioners also the urgent ones that wait.").Produces<ChatPins>();
        var one = all.MapGroup("messages/{messageId}");
        one.MapGet("", GetAsync).WithSummary("One message.").Produces<ChatMessage>();
        one.MapPatch("", EditAsync).WithSummary("Say it anew, within 15 minutes.").Accepts<ChatEditBody>("application/json").Produces<ChatMessage>();
        one.MapDelete("", DeleteAsync).WithSummary("Take it back, within 15 minutes.").Produces<ChatMessage>();
        one.MapPut("reactions/{emoji}", ReactAsync).WithSummary("React with an emoji.").Produces<ChatMessage>();
        one.MapDelete("reactions/{emoji}", UnreactAsync).WithSummary("Take a reaction back.").Produces<ChatMessage>();
        one.MapPut("pin", PinAsync).WithSummary("Pin it for everybody.").Produces<ChatMessage>();
        one.MapDelete("pin", UnpinAsync).WithSummary("Let it go.").Produces<ChatMessage>();
        one.MapPost("acknowledge", AcknowledgeAsync).WithSummary("Say that the urgent message has been seen to.").Produces<ChatMessage>().Allow(Role.Practitioner);
    }

    private static async Task<IResult> PinsAsync(string id, HttpContext http, MessageLog log, ReadUrgent readUrgent)
    {
        var (caller, conversation) = (http.Caller(), Ids.Parse(id, "id"));
        var page = await log.PinnedAsync(caller, conversation, http.RequestAborted);
        var urgent = caller.Role == Role.Practitioner ? await readUrgent.RunAsync(caller, conversation, http.RequestAborted) : null;
        return Results.Json(
            new ChatPins([.. page.Messages.Select(ChatWords.Of)], new(null), page.Head.Seq, page.Head.Change, urgent is null ? null : [.. urgent.Select(ChatWords.Of)]), ChatJson.Default.ChatPins);
    }

    private static async Task<IResult> GetAsync(string id, string messageId, HttpContext http, MessageLog log) =>
        Show(await log.OneAsync(http.Caller(), Ids.Parse(id, "id"), Ids.Parse(messageId, "messageId"), http.RequestAborted));

    private static async Task<IResult> EditAsync(string id, string messageId, HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, ChatEditJson.Default.ChatEditBody);
        return await RunAsync(id, messageId, http, verbs, (EditMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, body.Content, http.RequestAborted));
    }

    private static Task<IResult> DeleteAsync(string id, string messageId, HttpContext http, Verbs verbs) =>
        RunAsync(id, messageId, http, verbs, (DeleteMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, http.RequestAborted));

    private static Task<IResult> ReactAsync(string id, string messageId, string emoji, HttpContext http, Verbs verbs) =>
        RunAsync(id, messageId, http, verbs, (ReactToMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, emoji, on: true, http.RequestAborted));

    private static Task<IResult> UnreactAsync(string id, string messageId, string emoji, HttpContext http, Verbs verbs) =>
        RunAsync(id, messageId, http, verbs, (ReactToMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, emoji, on: false, http.RequestAborted));

    private static Task<IResult> PinAsync(string id, string messageId, HttpContext http, Verbs verbs) =>
        RunAsync(id, messageId, http, verbs, (PinMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, on: true, http.RequestAborted));

    private static Task<IResult> UnpinAsync(string id, string messageId, HttpContext http, Verbs verbs) =>
        RunAsync(id, messageId, http, verbs, (PinMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, on: false, http.RequestAborted));

    private static Task<IResult> AcknowledgeAsync(string id, string messageId, HttpContext http, Verbs verbs) =>
        RunAsync(id, messageId, http, verbs, (AcknowledgeMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, http.RequestAborted));

    private static async Task<IResult> RunAsync<TVerb>(string id, string messageId, HttpContext http, Verbs verbs, Func<TVerb, Guid, Guid, Task<MessageView>> run)
        where TVerb : notnull
    {
        var caller = http.Caller(Limit.ChatChange);
        var (conversation, message) = (Ids.Parse(id, "id"), Ids.Parse(messageId, "messageId"));
        return Show(await verbs.RunAsync(caller, (TVerb verb) => run(verb, conversation, message), http.RequestAborted));
    }

    private static IResult Show(MessageView message) => Results.Json(ChatWords.Of(message), ChatJson.Default.ChatMessage);
}

/// <summary>What a message says now.</summary>
public sealed record ChatEditBody(string? Content);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(
    PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[System.Text.Json.Serialization.JsonSerializable(typeof(ChatEditBody))]
internal sealed partial class ChatEditJson : System.Text.Json.Serialization.JsonSerializerContext;
