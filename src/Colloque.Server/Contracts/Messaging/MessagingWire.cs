using System.Text.Json.Serialization;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Messaging;

/// <summary>What a message or a session is about: <c>ordonnance</c> or <c>examen</c>, and which.</summary>
public sealed record MessagingContext(string? Type, string? Id);

/// <summary>One side: <c>patient</c>, <c>medecin</c> or <c>system</c>.</summary>
public sealed record MessagingPerson(Guid Id, string Type, string Name);

/// <summary>A file of a message; <c>url</c> answers with a link to its bytes.</summary>
public sealed record MessagingAttachment(Guid Id, string Name, string MimeType, long Size, string? Sha256, string Url);

/// <summary>What a message asks for; <c>action</c> is one of the context's allowed actions.</summary>
public sealed record MessagingMetadata(bool? IsUrgent, bool? RequiresResponse, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Action);

/// <summary>A message as document 003 shows one; <c>seq</c> and all after it are additions. <c>status</c>: <c>sent, delivered, read</c>.</summary>
public sealed record MessagingMessage(
    Guid Id, string? Content, string Type, MessagingPerson Sender, MessagingPerson Recipient, MessagingContext Context, DateTime Timestamp, string Status,
    IReadOnlyList<MessagingAttachment> Attachments, MessagingMetadata Metadata,
    long Seq, string ClientMsgId, Guid? ReplyTo, DateTime? DeliveredAt, DateTime? ReadAt, DateTime? EditedAt, DateTime? DeletedAt);

/// <summary>What each side has not read, at most 100.</summary>
public sealed record MessagingUnread(int Patient, int Medecin);

/// <summary>A session as document 003 shows one. Its id is the context's: it tells nobody who writes to whom. <c>status</c>: <c>active, archived, closed</c>.</summary>
public sealed record MessagingSession(
    Guid Id, string ContextType, Guid ContextId, IReadOnlyList<MessagingPerson> Participants, string Status, DateTime CreatedAt, DateTime LastActivity, long MessageCount, MessagingUnread UnreadCount);

/// <summary>A page of a session, in the order in which it was said; <c>nextCursor</c> leads to what was said before.</summary>
public sealed record MessagingHistory(MessagingSession Session, IReadOnlyList<MessagingMessage> Messages, PageInfo PageInfo);

/// <summary>A message to send. The context is named by its two members or as one object.</summary>
public sealed record MessagingSendBody(
    string? ContextType, string? ContextId, MessagingContext? Context, string? Content, string? Type, MessagingMetadata? Metadata, IReadOnlyList<string?>? Attachments, string? ClientMsgId, string? ReplyTo);

/// <summary>The context whose session is wanted.</summary>
public sealed record MessagingSessionBody(string? ContextType, string? ContextId, MessagingContext? Context);

/// <summary>What a client may offer: document 003's settings.</summary>
public sealed record MessagingSettings(int MaxMessageLength, int MaxAttachments, long MaxFileSize, IReadOnlyList<string> AllowedFileTypes, int TypingIndicatorDelay, int MessageTimeout);

/// <summary>What the caller may do in a context.</summary>
public sealed record MessagingPermissions(
    bool HasAccess, bool CanRead, bool CanWrite, string ContextType, Guid ContextId, Guid SessionId, string SessionStatus, IReadOnlyCollection<string> AllowedActions, MessagingSettings Settings);

/// <summary>Sessions of one person, by status.</summary>
public sealed record MessagingSessionStats(int Total, int Active, int Archived, int Closed);

/// <summary>Messages of one person.</summary>
public sealed record MessagingMessageStats(int Sent, int Received, int Urgent, int AwaitingResponse);

/// <summary>How fast one person answers.</summary>
public sealed record MessagingResponseStats(int Answers, double? MedianSeconds);

/// <summary>One's own numbers, of the last <c>periodDays</c> days.</summary>
public sealed record MessagingStats(string UserType, Guid UserId, int PeriodDays, MessagingSessionStats Sessions, MessagingMessageStats Messages, MessagingResponseStats ResponseTime);

/// <summary>A session in which something waits to be read. What was said is not in it.</summary>
public sealed record MessagingNotification(Guid SessionId, string ContextType, Guid ContextId, MessagingPerson From, int UnreadCount, bool IsUrgent, DateTime LastActivity);

/// <summary>What waits to be read, newest first.</summary>
public sealed record MessagingNotifications(IReadOnlyList<MessagingNotification> Notifications, int TotalUnread);

/// <summary>Where an attachment's bytes are.</summary>
public sealed record MessagingLink(string DownloadUrl, DateTime ExpiresAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MessagingHistory))]
[JsonSerializable(typeof(MessagingMessage))]
[JsonSerializable(typeof(MessagingSession))]
[JsonSerializable(typeof(MessagingSendBody))]
[JsonSerializable(typeof(MessagingSessionBody))]
[JsonSerializable(typeof(MessagingPermissions))]
[JsonSerializable(typeof(MessagingStats))]
[JsonSerializable(typeof(MessagingNotifications))]
[JsonSerializable(typeof(MessagingLink))]
internal sealed partial class MessagingJson : JsonSerializerContext;
