using Colloque.Consultations;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Consultations in document 001's words.</summary>
internal static class ConsultationWords
{
    internal static MyConsultation Of(ConsultationView c) => new(
        c.Id, PlatformWords.Of(c.Status), PlatformWords.Of(c.Format), c.ScheduledAt.UtcDateTime, c.DurationMinutes, c.StartedAt?.UtcDateTime, c.ClosedAt?.UtcDateTime,
        new(c.Practitioner.Id, c.Practitioner.Name, c.Practitioner.Title, c.Practitioner.Specialty), new(c.Patient.Id, c.Patient.Name),
        c.UnreadCount, c.LastMessageAt?.UtcDateTime, c.Queue is not null, c.Booking.CreatedAt.UtcDateTime, c.Booking.ConfirmedAt?.UtcDateTime, c.Booking.CancelledAt?.UtcDateTime,
        c.Booking.CancelledBy?.ToUpperInvariant(), c.Booking.CancelReason, c.Booking.Reason, MinutesOf(c), c.Booking.TimeZone, c.Booking.CancellableUntil?.UtcDateTime);

    internal static OperationalConsultation Of(OperationalView c) => new(
        c.Id, PlatformWords.Of(Enum.Parse<ConsultationStatus>(c.Status)), PlatformWords.Of(Enum.Parse<ConsultationFormat>(c.Format)), c.ScheduledAt.UtcDateTime,
        c.StartedAt?.UtcDateTime, c.ClosedAt?.UtcDateTime, c.QueuePosition is { } position ? new(position) : null);

    internal static ConsultationEventAnswer Of(ConsultationEventView e) => new(e.Id, TypeOf(e.Type), e.ActorId, Upper(e.ActorRole), e.At.UtcDateTime, e.Detail);

    internal static WaitingEntry Of(WaitingView w) => new(
        w.Id, w.PractitionerId, w.From?.UtcDateTime, w.Until?.UtcDateTime, w.Offer is null ? "WAITING" : "OFFERED",
        w.Offer is { } o ? new(o.ScheduledAt.UtcDateTime, o.DurationMinutes, o.HoldId, o.ExpiresAt.UtcDateTime) : null);

    /// <exception cref="Refusal">422 <c>status</c>, <c>format</c>, <c>from</c>, <c>to</c>.</exception>
    internal static ConsultationFilter FilterOf(string? status, string? format, string? from, string? to) =>
        new(PlatformWords.ToStatus(status), ToFormat(format), Instants.ParseFrom(from, "from"), Instants.ParseUntil(to, "to"));

    /// <exception cref="Refusal">422 <c>format</c>.</exception>
    internal static ConsultationFormat? ToFormat(string? word) => word switch
    {
        null => null,
        "VIDEO" => ConsultationFormat.Video,
        "AUDIO" => ConsultationFormat.Audio,
        "IN_PERSON" => ConsultationFormat.InPerson,
        _ => throw Refusal.Invalid("format"),
    };

    /// <summary>Whole minutes between the real start and the real end, half a minute counted as one.</summary>
    private static int? MinutesOf(ConsultationView c) =>
        c is { StartedAt: { } from, ClosedAt: { } to } ? (int)Math.Round((to - from).TotalMinutes, MidpointRounding.AwayFromZero) : null;

    private static string TypeOf(string type) => type switch
    {
        "Joined" => "ROOM_JOINED",
        "Left" => "ROOM_LEFT",
        _ => Upper(type),
    };

    /// <summary><c>HandedOver</c> is <c>HANDED_OVER</c>.</summary>
    private static string Upper(string word) =>
        string.Concat(word.Select(static (c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
}
