namespace Colloque.Consultations;

/// <summary>A person as the other side sees them.</summary>
public sealed record PersonView(Guid Id, string Name, string? Title = null, string? Specialty = null);

/// <summary>A place in the waiting queue.</summary>
/// <param name="Position">1 is next.</param>
/// <param name="JoinedAt">Since when.</param>
public sealed record QueueView(int Position, DateTimeOffset JoinedAt);

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
    DateTimeOffset? LastMessageAt);

/// <summary>A visit as administrators see it: no name, no room, no word.</summary>
public sealed record OperationalView(
    Guid Id, string Status, string Format, DateTimeOffset ScheduledAt, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt, int? QueuePosition);
