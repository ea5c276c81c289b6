namespace Colloque.Consultations;

/// <summary>A person as the other side sees them.</summary>
public sealed record PersonView(Guid Id, string Name, string? Title = null, string? Specialty = null);

/// <summary>A place in the waiting queue.</summary>
/// <param name="Position">1 is next.</param>
/// <param name="JoinedAt">Since when.</param>
public sealed record QueueView(int Position, DateTimeOffset JoinedAt);

/// <summary>What was agreed on a visit, and what became of that.</summary>
/// <param name="CreatedAt">When it was booked.</param>
/// <param name="ConfirmedAt">When the practitioner agreed; null: not yet.</param>
/// <param name="CancelledAt">When it was called off.</param>
/// <param name="CancelledBy">As what: <c>Patient</c> or <c>Practitioner</c>.</param>
/// <param name="TimeZone">An IANA name: the zone the two agreed in.</param>
/// <param name="CancellableUntil">Until then the patient may call it off or move it; null once nobody may.</param>
/// <param name="Reason">What the patient says it is about; null where nothing was said.</param>
/// <param name="CancelReason">Why it was called off; null where nothing was said.</param>
public sealed record BookingView(
    DateTimeOffset CreatedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? CancelledAt, string? CancelledBy, string TimeZone, DateTimeOffset? CancellableUntil, string? Reason,
    string? CancelReason);

/// <summary>A visit as its two participants see it.</summary>
public sealed record ConsultationView(
    Guid Id,
    ConsultationStatus Status,
    ConsultationFormat Format,
    DateTimeOffset ScheduledAt,
    int DurationMinutes,
    DateTimeOffset? StartedAt,
    DateTimeOffset? ClosedAt,
    PersonView Patient,
    PersonView Practitioner,
    string VideoProvider,
    string? RoomName,
    QueueView? Queue,
    long Seq,
    long Change,
    long ReadSeq,
    int UnreadCount,
    DateTimeOffset? LastMessageAt,
    BookingView Booking);

/// <summary>A visit as administrators see it: no name, no room, no word.</summary>
public sealed record OperationalView(
    Guid Id, string Status, string Format, DateTimeOffset ScheduledAt, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt, int? QueuePosition);
