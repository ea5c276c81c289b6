using System.Text.Json.Serialization;
using Colloque.WaitingRoom;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A patient's own place. <paramref name="DelayMinutes"/> is what the practitioner says; 0: nothing.</summary>
public sealed record WaitingPlace(int Position, DateTime JoinedAt, DateTime ExpectedAt, int DelayMinutes, bool PractitionerPresent);

/// <summary>Somebody who waits, as practitioners see them.</summary>
/// <param name="ConsultationId">The consultation.</param>
/// <param name="Position">1 is next.</param>
/// <param name="Patient">Who.</param>
/// <param name="PractitionerId">Whose patient.</param>
/// <param name="JoinedAt">Since when.</param>
/// <param name="ScheduledAt">Planned start.</param>
/// <param name="Format">How the two meet.</param>
/// <param name="ExpectedAt">When it should be their turn.</param>
/// <param name="Away">None of their devices is connected; the place is kept for a while.</param>
/// <param name="Shared">Another practitioner's, of the shared queue.</param>
/// <param name="Guest">Who is in for the patient by a link, as they are called there; null: the patient's own account.</param>
public sealed record QueueEntry(
    Guid ConsultationId, int Position, PlatformPatient Patient, Guid PractitionerId, DateTime JoinedAt, DateTime ScheduledAt, string Format, DateTime ExpectedAt, bool Away, bool Shared,
    PlatformPatient? Guest)
{
    internal static QueueEntry Of(QueuePlace p, Guid forUser) => new(
        p.ConsultationId, p.Position, new(p.PatientId, p.PatientName ?? ""), p.PractitionerId, p.JoinedAt.UtcDateTime, p.ScheduledAt.UtcDateTime, PlatformWords.Of(p.Format),
        p.ExpectedAt.UtcDateTime, p.AwaySince is not null, p.PractitionerId != forUser, p.Guest is { } guest ? new(guest.Id, guest.Name) : null);
}

/// <summary>Who waits, in their order, what the practitioner says of the own queue, and with whom it is shared: whom a patient can be handed over to.</summary>
public sealed record QueueList(IReadOnlyList<QueueEntry> Items, int DelayMinutes, bool SharesQueue, IReadOnlyList<QueueColleague> Colleagues);

/// <summary>Another practitioner of the same queue.</summary>
public sealed record QueueColleague(Guid Id, string Name, string? Specialty);

/// <summary>Body of <c>queue/delay</c>: 0..480.</summary>
public sealed record DelayBody(int? Minutes);

/// <summary>Body of <c>queue/settings</c>.</summary>
public sealed record QueueSettingsBody(bool? SharesQueue);

/// <summary>Body of <c>hand-over</c>.</summary>
public sealed record HandOverBody(string? PractitionerId);

/// <summary>Whose patient it is now.</summary>
public sealed record HandedOver(Guid ConsultationId, Guid PractitionerId);

/// <summary>A consultation that has begun.</summary>
public sealed record Admission(Guid ConsultationId, string Status, DateTime StartedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(WaitingPlace))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(DelayBody))]
[JsonSerializable(typeof(QueueSettingsBody))]
[JsonSerializable(typeof(HandOverBody))]
[JsonSerializable(typeof(HandedOver))]
[JsonSerializable(typeof(Admission))]
internal sealed partial class QueueJson : JsonSerializerContext;
