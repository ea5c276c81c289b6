using System.Text.Json.Serialization;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Payload of <c>conversation.join</c>.</summary>
public sealed record ConversationJoinInput(string? ConversationId, long? AfterSeq, long? AfterChange);

/// <summary>Ack of <c>conversation.join</c>.</summary>
public sealed record ConversationJoinAck(
    bool Ok, DateTime ServerTime, string Kind, string Status, long Seq, long Change, long ReadSeq, IReadOnlyList<Guid> OnlineUserIds, int Replayed, bool More, long OnlineRevision);

/// <summary>Payload of <c>inbox.join</c>: nothing.</summary>
public sealed record InboxInput;

/// <summary><c>inbox.message</c>: something was said in one of one's conversations. What, is asked for.</summary>
public sealed record InboxMessage(Guid ConversationId, long Seq, Guid SenderId, bool Urgent, DateTime CreatedAt);

/// <summary><c>inbox.read</c>: one has read, perhaps on another device, up to here.</summary>
public sealed record InboxRead(Guid ConversationId, long Seq);

/// <summary><c>conversation.updated</c>: it was put away, taken out again, closed, or others are in it.</summary>
public sealed record ConversationUpdated(Guid ConversationId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ConversationJoinInput))]
[JsonSerializable(typeof(ConversationJoinAck))]
[JsonSerializable(typeof(InboxInput))]
[JsonSerializable(typeof(InboxMessage))]
[JsonSerializable(typeof(InboxRead))]
[JsonSerializable(typeof(ConversationUpdated))]
internal sealed partial class LiveThreadJson : JsonSerializerContext;
