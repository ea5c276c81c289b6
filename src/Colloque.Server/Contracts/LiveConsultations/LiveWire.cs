using System.Text.Json.Serialization;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>A participant as document 002 shows one.</summary>
public sealed record LivePerson(Guid Id, string Name);

/// <summary>The practitioner as document 002 shows one.</summary>
public sealed record LiveDoctor(Guid Id, string Name, string? Title, string? Specialty);

/// <summary>A place in the waiting queue; the patient is named to practitioners alone. What is null is left out.</summary>
public sealed record LiveQueueItem(int Position, DateTime JoinedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LivePerson? Patient)
{
    /// <summary>When it should be their turn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? ExpectedAt { get; init; }

    /// <summary>What the practitioner says of it; 0: nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DelayMinutes { get; init; }

    /// <summary>To practitioners: none of the patient's devices is connected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Away { get; init; }

    /// <summary>To practitioners: who is in for the patient by a link, as they are called there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LivePerson? Guest { get; init; }

    /// <summary>To practitioners: whose patient it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? PractitionerId { get; init; }
}

/// <summary>A consultation as its participants see it.</summary>
public sealed record LiveConsultation(
    Guid Id, string Status, string Format, DateTime ScheduledAt, int DurationMinutes, DateTime? StartedAt, DateTime? ClosedAt, LivePerson Patient, LiveDoctor Doctor,
    string VideoProvider, string? RoomName, LiveQueueItem? QueueItem, long Seq, long Change, long ReadSeq, int UnreadCount);

/// <summary>A place in the queue as administrators see it.</summary>
public sealed record LiveQueuePosition(int Position);

/// <summary>A consultation as administrators see it.</summary>
public sealed record LiveOperational(Guid Id, string Status, string Format, DateTime ScheduledAt, DateTime? StartedAt, DateTime? ClosedAt, LiveQueuePosition? QueueItem);

/// <summary>A file in a message.</summary>
public sealed record LiveFile(Guid Id, string Name, string MimeType, long SizeBytes, string? Sha256);

/// <summary>A reaction to a message.</summary>
public sealed record LiveReaction(string Emoji, IReadOnlyList<Guid> UserIds);

/// <summary>A message (document 002's ConsultationMessage).</summary>
public sealed record LiveMessage(
    Guid Id, Guid ConsultationId, long Seq, long Change, string ClientMsgId, Guid SenderId, string SenderRole, string Kind, string? Text, LiveFile? File,
    DateTime CreatedAt, DateTime? EditedAt, DateTime? DeletedAt, DateTime? DeliveredAt, DateTime? ReadAt, IReadOnlyList<LiveReaction> Reactions)
{
    /// <summary>All files, where there is more than one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LiveFile>? Files { get; init; }

    /// <summary>The message that it answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ReplyTo { get; init; }

    /// <summary>It cannot wait.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Urgent { get; init; }

    /// <summary>An answer is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? RequiresResponse { get; init; }

    /// <summary>What it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Intent { get; init; }

    /// <summary>When it was pinned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? PinnedAt { get; init; }

    /// <summary>When a practitioner acknowledged it, urgent as it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? AcknowledgedAt { get; init; }
}

/// <summary>A page of messages, newest first.</summary>
public sealed record LiveMessagePage(IReadOnlyList<LiveMessage> Items, PageInfo PageInfo);

/// <summary>What <c>livekit-token</c> answers.</summary>
public sealed record LiveKitEntry(string Token, string RoomName, string LivekitUrl);

/// <summary>What <c>close</c> answers.</summary>
public sealed record LiveClosed(Guid Id, string Status, DateTime ClosedAt);

/// <summary>Body of <c>files/prepare</c>.</summary>
public sealed record PrepareFileBody(string? Filename, string? MimeType, long? SizeBytes, string? Sha256);

/// <summary>Answer of <c>files/prepare</c>.</summary>
public sealed record PreparedFileAnswer(Guid FileId, string UploadUrl, string Bucket, string ObjectKey, DateTime ExpiresAt);

/// <summary>Body of <c>files/confirm</c>.</summary>
public sealed record ConfirmFileBody(string? FileId, string? ClientMsgId);

/// <summary>A message alone.</summary>
public sealed record MessageAnswer(LiveMessage Message);

/// <summary>Answer of <c>files/{id}/download</c>.</summary>
public sealed record DownloadAnswer(string DownloadUrl, DateTime ExpiresAt);

/// <summary>JSON of the HTTP half: strict to what comes in.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(LiveConsultation))]
[JsonSerializable(typeof(LiveOperational))]
[JsonSerializable(typeof(LiveMessagePage))]
[JsonSerializable(typeof(LiveKitEntry))]
[JsonSerializable(typeof(LiveClosed))]
[JsonSerializable(typeof(PrepareFileBody))]
[JsonSerializable(typeof(PreparedFileAnswer))]
[JsonSerializable(typeof(ConfirmFileBody))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(DownloadAnswer))]
internal sealed partial class LiveJson : JsonSerializerContext;
