using System.Text.Json.Serialization;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A practitioner in a list.</summary>
public sealed record PlatformPractitioner(Guid Id, string Name, string? Title, string? Specialty);

/// <summary>A patient in a list.</summary>
public sealed record PlatformPatient(Guid Id, string Name);

/// <summary>One of one's own consultations. <c>duration</c> is what was planned, <c>actualDuration</c> what it took, in minutes.</summary>
public sealed record MyConsultation(
    Guid Id, string Status, string Format, DateTime ScheduledAt, int Duration, DateTime? StartedAt, DateTime? EndedAt, PlatformPractitioner Practitioner,
    PlatformPatient Patient, int UnreadCount, DateTime? LastMessageAt, bool Waiting, DateTime CreatedAt, DateTime? ConfirmedAt, DateTime? CancelledAt, string? CancelledBy,
    string? CancelReason, string? Reason, int? ActualDuration, string TimeZone, DateTime? CancellableUntil);

/// <summary>A page of them.</summary>
public sealed record MyConsultationPage(IReadOnlyList<MyConsultation> Items, PageInfo PageInfo);

/// <summary>A place in the queue as administrators see it.</summary>
public sealed record OperationalPlace(int Position);

/// <summary>A consultation as administrators see it.</summary>
public sealed record OperationalConsultation(
    Guid Id, string Status, string Format, DateTime ScheduledAt, DateTime? StartedAt, DateTime? EndedAt, OperationalPlace? QueueItem);

/// <summary>Something that happened to a consultation. <c>actorRole</c> is <c>SYSTEM</c> and <c>actorId</c> null where the server did it by itself.</summary>
public sealed record ConsultationEventAnswer(Guid Id, string Type, Guid? ActorId, string ActorRole, DateTime At, string? Detail);

/// <summary>All that happened to one.</summary>
public sealed record ConsultationEventList(IReadOnlyList<ConsultationEventAnswer> Items);

/// <summary>Body of <c>POST /consultations</c>. A patient names the practitioner, a practitioner the patient.</summary>
public sealed record BookBody(string? PractitionerId, string? PatientId, string? ScheduledAt, int? Duration, string? Format, string? Reason, string? HoldId);

/// <summary>Body of <c>PUT /consultations/{id}/cancel</c>.</summary>
public sealed record CancelBody(string? Reason);

/// <summary>Body of <c>PUT /consultations/{id}/reschedule</c>.</summary>
public sealed record RescheduleBody(string? ScheduledAt, int? Duration);

/// <summary>Body of <c>POST /consultations/holds</c>.</summary>
public sealed record HoldBody(string? PractitionerId, string? ScheduledAt);

/// <summary>A slot that is kept.</summary>
public sealed record HoldAnswer(Guid Id, Guid PractitionerId, DateTime ScheduledAt, DateTime ExpiresAt);

/// <summary>Body of <c>POST /consultations/waiting-list</c>: instants, or dates of UTC.</summary>
public sealed record WaitBody(string? PractitionerId, string? From, string? Until);

/// <summary>A time that is held for one who waits; booked with <c>holdId</c>.</summary>
public sealed record WaitingOffer(DateTime ScheduledAt, int Duration, Guid HoldId, DateTime ExpiresAt);

/// <summary>A place on a waiting list: <c>WAITING</c> or <c>OFFERED</c>.</summary>
public sealed record WaitingEntry(Guid Id, Guid PractitionerId, DateTime? From, DateTime? Until, string Status, WaitingOffer? Offer);

/// <summary>One's places on waiting lists.</summary>
public sealed record WaitingEntryList(IReadOnlyList<WaitingEntry> Items);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MyConsultation))]
[JsonSerializable(typeof(MyConsultationPage))]
[JsonSerializable(typeof(OperationalConsultation))]
[JsonSerializable(typeof(ConsultationEventList))]
[JsonSerializable(typeof(BookBody))]
[JsonSerializable(typeof(CancelBody))]
[JsonSerializable(typeof(RescheduleBody))]
[JsonSerializable(typeof(HoldBody))]
[JsonSerializable(typeof(HoldAnswer))]
[JsonSerializable(typeof(WaitBody))]
[JsonSerializable(typeof(WaitingEntry))]
[JsonSerializable(typeof(WaitingEntryList))]
internal sealed partial class PlatformJson : JsonSerializerContext;
