using System.Text.Json.Serialization;
using Colloque.Conversations;
using Colloque.Server.Http;
using Colloque.Server.Realtime;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Payload of events that name a consultation alone.</summary>
public sealed record ConsultationInput(string? ConsultationId);

/// <summary>Payload of <c>consultation.join</c>.</summary>
public sealed record JoinInput(string? ConsultationId, long? AfterSeq, long? AfterChange);

/// <summary>Payload of <c>chat.send</c>.</summary>
public sealed record SendInput(string? ConsultationId, string? ClientMsgId, string? Text)
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

    internal MessageRequest ToRequest() => new(Text, ClientMsgId)
    {
        ReplyTo = ReplyTo is null ? null : Ids.Parse(ReplyTo, "replyTo"),
        IsUrgent = Urgent is true,
        RequiresResponse = RequiresResponse is true,
        Intent = Intent,
        FileIds = FileIds is null ? [] : [.. FileIds.Select(static f => Ids.Parse(f, "fileIds"))],
    };
}

/// <summary>Payload of events that name a message.</summary>
public sealed record MessageInput(string? ConsultationId, string? MessageId, string? Text, string? Emoji, bool? On);

/// <summary>Payload of <c>chat.typing</c>.</summary>
public sealed record TypingInput(string? ConsultationId, bool Typing);

/// <summary>Ack of <c>consultation.join</c>.</summary>
public sealed record JoinAck(
    bool Ok, DateTime ServerTime, string ConsultationStatus, long Seq, long Change, long ReadSeq, IReadOnlyList<Guid> OnlineUserIds, LiveQueueItem? QueueItem, int Replayed, bool More, LiveCall? Call, long OnlineRevision);

/// <summary>Ack of <c>presence.ping</c>.</summary>
public sealed record PingAck(bool Ok, long Seq, long Change);

/// <summary>Ack of <c>chat.send</c>.</summary>
public sealed record SendAck(bool Ok, string ClientMsgId, LiveMessage Message);

/// <summary>Ack with a message.</summary>
public sealed record MessageAck(bool Ok, LiveMessage Message);

/// <summary><c>presence.state</c>. Of two lists, also in the acks of joins, the one with the higher <c>onlineRevision</c> is the newer.</summary>
public sealed record PresenceState(Guid ConsultationId, IReadOnlyList<Guid> OnlineUserIds, long OnlineRevision);

/// <summary><c>chat.message_delivered</c>.</summary>
public sealed record MessageDelivered(Guid ConsultationId, Guid MessageId, long Seq, Guid UserId, DateTime DeliveredAt);

/// <summary><c>chat.message_read</c>.</summary>
public sealed record MessageRead(Guid ConsultationId, Guid MessageId, long Seq, Guid UserId, DateTime ReadAt);

/// <summary><c>chat.typing</c> to the others.</summary>
public sealed record TypingState(Guid ConsultationId, Guid UserId, bool Typing);

/// <summary><c>consultation.started</c>.</summary>
public sealed record StartedEvent(Guid ConsultationId, DateTime StartedAt);

/// <summary><c>consultation.closed</c>.</summary>
public sealed record ClosedEvent(Guid ConsultationId, DateTime ClosedAt);

/// <summary>There is something new to read; its words come with <c>GET /api/notifications</c>.</summary>
public sealed record NotificationCreated(Guid Id, Guid? ConsultationId, DateTime CreatedAt);

/// <summary><c>consultation.updated</c>: to both people, wherever they are signed in.</summary>
public sealed record ConsultationUpdated(Guid ConsultationId, string Status, DateTime ScheduledAt);

/// <summary><c>waiting_list.offered</c>: to the one it is held for.</summary>
public sealed record SlotOfferedEvent(Guid EntryId, Guid PractitionerId, Guid HoldId, DateTime ScheduledAt, int Duration, DateTime ExpiresAt);

/// <summary><c>queue.updated</c>.</summary>
public sealed record QueueUpdated(Guid ConsultationId, LiveQueueItem? QueueItem);

/// <summary><c>guests.updated</c>: who else is in the visit is another; asked for over HTTP.</summary>
public sealed record GuestsUpdated(Guid ConsultationId);

/// <summary><c>consultation.handed_over</c>.</summary>
public sealed record HandedOverEvent(Guid ConsultationId, LiveDoctor Doctor);

/// <summary>
/// JSON of the socket half. Members it does not know are passed over here: a client of another version must stay able to talk,
/// and no record has a member that a sender may not set.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ConsultationInput))]
[JsonSerializable(typeof(JoinInput))]
[JsonSerializable(typeof(SendInput))]
[JsonSerializable(typeof(MessageInput))]
[JsonSerializable(typeof(TypingInput))]
[JsonSerializable(typeof(OkAck))]
[JsonSerializable(typeof(JoinAck))]
[JsonSerializable(typeof(PingAck))]
[JsonSerializable(typeof(SendAck))]
[JsonSerializable(typeof(MessageAck))]
[JsonSerializable(typeof(PresenceState))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(MessageDelivered))]
[JsonSerializable(typeof(MessageRead))]
[JsonSerializable(typeof(TypingState))]
[JsonSerializable(typeof(StartedEvent))]
[JsonSerializable(typeof(ClosedEvent))]
[JsonSerializable(typeof(ConsultationUpdated))]
[JsonSerializable(typeof(NotificationCreated))]
[JsonSerializable(typeof(SlotOfferedEvent))]
[JsonSerializable(typeof(QueueUpdated))]
[JsonSerializable(typeof(GuestsUpdated))]
[JsonSerializable(typeof(HandedOverEvent))]
internal sealed partial class LiveEventJson : JsonSerializerContext;
