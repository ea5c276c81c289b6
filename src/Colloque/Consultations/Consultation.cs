namespace Colloque.Consultations;

/// <summary>Where a visit is in its life.</summary>
public enum ConsultationStatus
{
    /// <summary>Booked.</summary>
    Scheduled,

    /// <summary>Accepted by the practitioner.</summary>
    Confirmed,

    /// <summary>Under way.</summary>
    InProgress,

    /// <summary>Over.</summary>
    Completed,

    /// <summary>Called off.</summary>
    Cancelled,

    /// <summary>Nobody came.</summary>
    NoShow,
}

/// <summary>How the two meet.</summary>
public enum ConsultationFormat
{
    /// <summary>Picture and sound.</summary>
    Video,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>In one room.</summary>
    InPerson,
}

/// <summary>A visit of one patient with one practitioner.</summary>
public sealed class Consultation
{
    /// <summary>Its id, and its conversation's.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>Who receives care.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>Who gives care.</summary>
    public required Guid PractitionerId { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ConsultationStatus Status { get; set; }

    /// <summary>How the two meet.</summary>
    public required ConsultationFormat Format { get; init; }

    /// <summary>Planned start.</summary>
    public required DateTimeOffset ScheduledAt { get; init; }

    /// <summary>Planned length, minutes.</summary>
    public required int DurationMinutes { get; init; }

    /// <summary>Real start.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Real end.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>livekit, jitsi or peer.</summary>
    public string VideoProvider { get; init; } = "livekit";

    /// <summary>128 random bits, given once when the visit starts.</summary>
    public string? RoomName { get; set; }

    /// <summary>When it was booked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>False: recorded beside others, not booked; it takes no time from anybody.</summary>
    public bool Exclusive { get; init; } = true;

    /// <summary>When the practitioner agreed, by hand or by their settings.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The zone the two agreed in; null: the practitioner's, which the database fills in.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Until so many minutes before the start the patient may call it off.</summary>
    public int CancelNoticeMinutes { get; init; } = 120;

    /// <summary>Who booked it.</summary>
    public Guid? BookedBy { get; init; }

    /// <summary>The client's own word for the booking.</summary>
    public string? BookingKey { get; init; }

    /// <summary>What was asked for with that word.</summary>
    public string? BookingRequest { get; init; }
}

/// <summary>Something that happened to a visit; append-only.</summary>
public sealed class ConsultationEvent
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>The visit.</summary>
    public required Guid ConsultationId { get; init; }

    /// <summary>Scheduled, Confirmed, Cancelled, Rescheduled, Joined, Left, Started, Ended, NoShow, Waiting, Admitted, Delayed, HandedOver, Incident, CallStarted, CallJoined, CallLeft, CallEnded, CallIncident or PreCallTest.</summary>
    public required string Type { get; init; }

    /// <summary>Who did it; null: the server itself.</summary>
    public required Guid? ActorId { get; init; }

    /// <summary>As what: a <see cref="Security.Role"/>, or <c>System</c>.</summary>
    public required string ActorRole { get; init; }

    /// <summary>A code, a number, an id or an instant; never a word about anybody's health.</summary>
    public string? Detail { get; init; }

    /// <summary>When, by the server's clock.</summary>
    public required DateTimeOffset At { get; init; }
}
