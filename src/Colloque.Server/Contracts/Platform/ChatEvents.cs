using System.Text.Json.Serialization;
using Colloque.Conversations;
using Colloque.Server.Http;
using Colloque.Server.Realtime;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Payload of <c>chat:join</c> and <c>chat:leave</c>.</summary>
public sealed record ChatJoinInput(string? ConsultationId, long? AfterSeq);

/// <summary>Payload of <c>chat:message</c> and <c>message:send</c>.</summary>
public sealed record ChatMessageInput(string? ConsultationId, string? Content, string? ClientMsgId, string? AttachmentUrl)
{
    /// <summary>The message that it answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>It cannot wait.</summary>
    public bool? Urgent { get; init; }

    /// <summary>An answer is asked for.</summary>
    public bool? RequiresResponse { get; init; }

    /// <summary>What it is about, in conversations about a prescription or an exam.</summary>
    public string? Intent { get; init; }

    /// <summary>Uploads that it shows, 5 at most.</summary>
    public IReadOnlyList<string?>? FileIds { get; init; }

    /// <exception cref="Refusal">422 <c>attachmentUrl</c>: an address from elsewhere is nothing that was checked; files come by their ids.</exception>
    internal MessageRequest ToRequest() => new(AttachmentUrl is null ? Content : throw Refusal.Invalid("attachmentUrl"), ClientMsgId)
    {
        ReplyTo = ReplyTo is null ? null : Ids.Parse(ReplyTo, "replyTo"),
        IsUrgent = Urgent is true,
        RequiresResponse = RequiresResponse is true,
        Intent = Intent,
        FileIds = FileIds is null ? [] : [.. FileIds.Select(static f => Ids.Parse(f, "fileIds"))],
    };
}

/// <summary>Payload of <c>chat:typing</c>.</summary>
public sealed record ChatTypingInput(string? ConsultationId, bool IsTyping);

/// <summary>Payload of <c>chat:read</c>.</summary>
public sealed record ChatReadInput(string? MessageId);

/// <summary>Ack of <c>chat:join</c>.</summary>
public sealed record ChatJoinAck(bool Ok, long Seq, long Change, long ReadSeq, PageInfo PageInfo, bool More);

/// <summary>Ack of <c>chat:message</c> and <c>message:send</c>.</summary>
public sealed record ChatMessageAck(bool Ok, string ClientMsgId, ChatMessage Message);

/// <summary>The second argument of <c>chat:history</c>, whose first is the messages, oldest first.</summary>
/// <param name="ConsultationId">Of which conversation.</param>
/// <param name="PageInfo">Where older messages are: <c>GET /api/chat/{id}/messages?cursor=</c>.</param>
/// <param name="Seq">The newest message's number.</param>
/// <param name="Change">The newest change's number.</param>
/// <param name="More">With <c>afterSeq</c>: there are more after these.</param>
public sealed record ChatHistory(Guid ConsultationId, PageInfo PageInfo, long Seq, long Change, bool More);

/// <summary><c>chat:typing</c> to the others.</summary>
public sealed record ChatTypingEvent(Guid ConsultationId, Guid UserId, bool IsTyping);

/// <summary><c>chat:message:read</c> and <c>message:read</c>.</summary>
public sealed record ChatReadEvent(Guid ConsultationId, Guid MessageId, long Seq, Guid ReadBy, DateTime ReadAt);

/// <summary><c>chat:error</c>: what an event was refused for.</summary>
public sealed record ChatErrorEvent(string Event, string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field);

/// <summary>JSON of the sockets: members it does not know are passed over, as in <c>/consultations</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ChatJoinInput))]
[JsonSerializable(typeof(ChatMessageInput))]
[JsonSerializable(typeof(ChatTypingInput))]
[JsonSerializable(typeof(ChatReadInput))]
[JsonSerializable(typeof(ChatJoinAck))]
[JsonSerializable(typeof(ChatMessageAck))]
[JsonSerializable(typeof(ChatHistory))]
[JsonSerializable(typeof(ChatTypingEvent))]
[JsonSerializable(typeof(ChatReadEvent))]
[JsonSerializable(typeof(ChatErrorEvent))]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(ChatMessage[]))]
[JsonSerializable(typeof(OkAck))]
internal sealed partial class ChatEventJson : JsonSerializerContext;
