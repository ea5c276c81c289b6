using System.Text.Json.Serialization;

namespace Colloque.Server.Contracts.DirectChat;

/// <summary>Body of <c>get-or-create</c>.</summary>
public sealed record DirectPairBody(long? DoctorId, long? PatientId);

/// <summary>A message to send, where it comes as JSON: words alone.</summary>
public sealed record DirectSendBody(long? ChatId, long? DoctorId, long? PatientId, string? MessageText, string? ClientMsgId);

/// <summary>A reaction.</summary>
public sealed record DirectReactionBody(string? Emoji);

/// <summary>A chat.</summary>
public sealed record DirectChatRow(long ChatId, long DoctorId, long PatientId, DateTime? LastMessageAt, DateTime CreatedAt);

/// <summary>A chat in a list.</summary>
public sealed record DirectListRow(
    long ChatId, long DoctorId, long PatientId, DateTime? LastMessageAt, DateTime CreatedAt, string DoctorName, string? DoctorProfile, string PatientName, string? PatientProfile,
    int UnreadCount, string? LastMessageText, string? LastMessageType);

/// <summary>A file of a message that has several.</summary>
public sealed record DirectFile(string FileUrl, string FileName, string FileType, long FileSize);

/// <summary>Who reacted with one emoji.</summary>
public sealed record DirectReaction(string Emoji, IReadOnlyList<long> UserIds);

/// <summary>A message. What the document does not have is left out where there is nothing to say.</summary>
public sealed record DirectMessage(
    long MessageId, long ChatId, long SenderId, string SenderRole, string MessageType, string? MessageText, string? FileUrl, string? FileName, string? FileType, long? FileSize,
    bool IsRead, DateTime? ReadAt, DateTime CreatedAt)
{
    /// <summary>The sender's own id for it.</summary>
    public required string ClientMsgId { get; init; }

    /// <summary>All files, where there is more than one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DirectFile>? Files { get; init; }

    /// <summary>When it first reached the other side.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? DeliveredAt { get; init; }

    /// <summary>When it was last edited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? EditedAt { get; init; }

    /// <summary>When it was deleted; its words and files are gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? DeletedAt { get; init; }

    /// <summary>When it was pinned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? PinnedAt { get; init; }

    /// <summary>Reactions, by emoji.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DirectReaction>? Reactions { get; init; }
}

/// <summary>Answer of <c>get-or-create</c>.</summary>
public sealed record DirectChatAnswer(bool Success, string Message, DirectChatRow Chat);

/// <summary>Answer of what sends or changes a message.</summary>
public sealed record DirectMessageAnswer(bool Success, string Message, DirectMessage MessageData);

/// <summary>Part of a chat, oldest first.</summary>
public sealed record DirectPageAnswer(bool Success, string Message, IReadOnlyList<DirectMessage> Messages, long Total);

/// <summary>All chats.</summary>
public sealed record DirectListAnswer(bool Success, string Message, IReadOnlyList<DirectListRow> Chats);

/// <summary>Somebody whom one may have a chat with: what <c>get-or-create</c> needs to know.</summary>
public sealed record DirectContact(long DoctorId, long PatientId, string Name, string? Profile, long? ChatId);

/// <summary>With whom one may have chats.</summary>
public sealed record DirectContactsAnswer(bool Success, string Message, IReadOnlyList<DirectContact> Contacts);

/// <summary>How many were marked.</summary>
public sealed record DirectReadAnswer(bool Success, string Message, int UpdatedCount);

/// <summary>Every no of this contract.</summary>
/// <param name="Success">False.</param>
/// <param name="Message">For a person, in their language.</param>
/// <param name="Error">Stable, snake case.</param>
/// <param name="Field">The field at fault, in this contract's spelling.</param>
/// <param name="TraceId">Finds the request in the log.</param>
public sealed record DirectError(bool Success, string Message, string Error, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field, string TraceId);

/// <summary>Snake case; numbers may come as text, as they do from forms.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(DirectPairBody))]
[JsonSerializable(typeof(DirectSendBody))]
[JsonSerializable(typeof(DirectReactionBody))]
[JsonSerializable(typeof(DirectChatAnswer))]
[JsonSerializable(typeof(DirectMessageAnswer))]
[JsonSerializable(typeof(DirectPageAnswer))]
[JsonSerializable(typeof(DirectListAnswer))]
[JsonSerializable(typeof(DirectContactsAnswer))]
[JsonSerializable(typeof(DirectReadAnswer))]
[JsonSerializable(typeof(DirectError))]
internal sealed partial class DirectJson : JsonSerializerContext;
