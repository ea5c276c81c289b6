using System.Text.Json.Serialization;
using Colloque.Conversations;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A file of a message.</summary>
public sealed record ChatAttachment(Guid Id, string Name, string MimeType, long SizeBytes, string? Sha256);

/// <summary>Who reacted with one emoji.</summary>
public sealed record ChatReaction(string Emoji, IReadOnlyList<Guid> UserIds);

/// <summary>A message as document 001 shows one, with what the core knows besides. <c>consultationId</c> is the conversation's id: of a visit's, they are the same.</summary>
public sealed record ChatMessage(
    Guid Id, Guid ConversationId, Guid ConsultationId, long Seq, long Change, string ClientMsgId, Guid SenderId, string SenderRole, string Type, string? Content,
    IReadOnlyList<ChatAttachment> Attachments, bool IsRead, DateTime? ReadAt, DateTime? DeliveredAt, DateTime CreatedAt, DateTime? EditedAt, DateTime? DeletedAt,
    Guid? ReplyTo, bool Urgent, bool RequiresResponse, string? Intent, DateTime? PinnedAt, DateTime? AcknowledgedAt, IReadOnlyList<ChatReaction> Reactions);

/// <summary>A page of messages.</summary>
public sealed record ChatPage(IReadOnlyList<ChatMessage> Items, PageInfo PageInfo, long Seq, long Change);

/// <summary>What is kept at hand, newest first; and, to practitioners, what waits to be acknowledged (<c>urgent</c>), oldest first.</summary>
public sealed record ChatPins(
    IReadOnlyList<ChatMessage> Items, PageInfo PageInfo, long Seq, long Change, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ChatMessage>? Urgent);

/// <summary>A message to send.</summary>
public sealed record ChatSendBody(
    string? Content, string? ClientMsgId, string? ReplyTo, bool? Urgent, bool? RequiresResponse, string? Intent, IReadOnlyList<string?>? FileIds)
{
    /// <summary>What the core takes; a header <c>Idempotency-Key</c> serves where the body names no id of its own.</summary>
    /// <exception cref="Refusal">422.</exception>
    internal MessageRequest ToRequest(HttpContext http)
    {
        var key = http.Request.Headers["Idempotency-Key"];
        return new(Content, ClientMsgId ?? (key is [{ } one] ? one : null))
        {
            ReplyTo = ReplyTo is null ? null : Ids.Parse(ReplyTo, "replyTo"),
            IsUrgent = Urgent is true,
            RequiresResponse = RequiresResponse is true,
            Intent = Intent,
            FileIds = FileIds is null ? [] : [.. FileIds.Select(static f => Ids.Parse(f, "fileIds"))],
        };
    }
}

/// <summary>Somebody in a conversation.</summary>
public sealed record ChatPerson(Guid Id, string Name, string? Title, string Role, DateTime JoinedAt, DateTime? LeftAt);

/// <summary>A conversation in a list, or by itself.</summary>
public sealed record ConversationAnswer(
    Guid Id, string Kind, string Status, long Seq, long Change, long ReadSeq, int UnreadCount, DateTime CreatedAt, DateTime? LastMessageAt,
    IReadOnlyList<ChatPerson> Participants, ChatMessage? LastMessage);

/// <summary>A page of conversations.</summary>
public sealed record ConversationsPage(IReadOnlyList<ConversationAnswer> Items, PageInfo PageInfo);

/// <summary>Whom to talk to.</summary>
public sealed record OpenConversationBody(string? UserId);

/// <summary>Whether somebody who is asked in may read what was said before.</summary>
public sealed record SeatBody(bool? History);

/// <summary>How many had not been read.</summary>
public sealed record ReadAnswer(int Count);

/// <summary>A file to upload.</summary>
public sealed record ChatFileBody(string? Filename, string? MimeType, long? SizeBytes, string? Sha256);

/// <summary>Where to put it.</summary>
public sealed record ChatUpload(Guid FileId, string UploadUrl, DateTime ExpiresAt);

/// <summary>Where a file's bytes are, for five minutes.</summary>
public sealed record ChatDownload(string DownloadUrl, DateTime ExpiresAt);

/// <summary>A deputy to name.</summary>
public sealed record DeputyBody(string? DeputyId, int? AfterMinutes);

/// <summary>One's deputy.</summary>
public sealed record DeputyAnswer(Guid? DeputyId, string? Name, int? AfterMinutes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ChatPage))]
[JsonSerializable(typeof(ChatPins))]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(ChatSendBody))]
[JsonSerializable(typeof(ConversationAnswer))]
[JsonSerializable(typeof(ConversationsPage))]
[JsonSerializable(typeof(OpenConversationBody))]
[JsonSerializable(typeof(SeatBody))]
[JsonSerializable(typeof(ReadAnswer))]
[JsonSerializable(typeof(ChatFileBody))]
[JsonSerializable(typeof(ChatUpload))]
[JsonSerializable(typeof(ChatDownload))]
[JsonSerializable(typeof(DeputyBody))]
[JsonSerializable(typeof(DeputyAnswer))]
internal sealed partial class ChatJson : JsonSerializerContext;
