using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Teleconsultation;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Document 002's words for roles, statuses and formats, and its shapes of the core's views.</summary>
internal static class LiveWords
{
    internal static string Of(ConsultationStatus status) => status switch
    {
        ConsultationStatus.InProgress => "in_progress",
        ConsultationStatus.Completed => "closed",
        ConsultationStatus.NoShow => "no_show",
        ConsultationStatus.Scheduled => "scheduled",
        ConsultationStatus.Confirmed => "confirmed",
        _ => "cancelled",
    };

    internal static string Of(ConsultationFormat format) => format switch
    {
        ConsultationFormat.InPerson => "in_person",
        ConsultationFormat.Audio => "audio",
        _ => "video",
    };

    internal static LiveConsultation Of(ConsultationView c, Guid forUser) => new(
        c.Id, Of(c.Status), Of(c.Format), c.ScheduledAt.UtcDateTime, c.DurationMinutes, c.StartedAt?.UtcDateTime, c.ClosedAt?.UtcDateTime,
        new(c.Patient.Id, c.Patient.Name), new(c.Practitioner.Id, c.Practitioner.Name, c.Practitioner.Title, c.Practitioner.Specialty),
        c.VideoProvider, c.RoomName, QueueItem(c, forUser), c.Seq, c.Change, c.ReadSeq, c.UnreadCount);

    internal static LiveConsultation Of(GuestVisit c) => new(
        c.Id, Of(c.Status), Of(c.Format), c.ScheduledAt.UtcDateTime, c.DurationMinutes, c.StartedAt?.UtcDateTime, c.ClosedAt?.UtcDateTime,
        new(c.Patient.Id, c.Patient.Name), new(c.Practitioner.Id, c.Practitioner.Name, c.Practitioner.Title, c.Practitioner.Specialty),
        c.VideoProvider, c.RoomName, c.Queue is { } q ? new(q.Position, q.JoinedAt.UtcDateTime, Patient: null) : null, c.Seq, c.Change, c.Floor, UnreadCount: 0);

    private static string Of(Role role) => role switch
    {
        Role.Patient => "patient",
        Role.Guest => "guest",
        _ => "doctor",
    };

    internal static LiveQueueItem? QueueItem(ConsultationView c, Guid forUser) =>
        c.Queue is { } q ? new(q.Position, q.JoinedAt.UtcDateTime, forUser == c.Practitioner.Id ? new(c.Patient.Id, c.Patient.Name) : null) : null;

    internal static LiveOperational Of(OperationalView c) => new(
        c.Id, Of(Enum.Parse<ConsultationStatus>(c.Status)), Of(Enum.Parse<ConsultationFormat>(c.Format)), c.ScheduledAt.UtcDateTime, c.StartedAt?.UtcDateTime,
        c.ClosedAt?.UtcDateTime, c.QueuePosition is { } position ? new(position) : null);

    internal static LiveMessage Of(MessageView m) => new(
        m.Id, m.ConversationId, m.Seq, m.Change, m.ClientMsgId, m.SenderId, Of(m.SenderRole), m.Kind switch
        {
            MessageKind.Text => "text",
            MessageKind.File => "file",
            _ => "system",
        },
        m.Text, m.File is { } f ? Of(f) : null,
        m.CreatedAt.UtcDateTime, m.EditedAt?.UtcDateTime, m.DeletedAt?.UtcDateTime, m.DeliveredAt?.UtcDateTime, m.ReadAt?.UtcDateTime,
        m.Reactions.Count == 0 ? [] : [.. m.Reactions.Select(static r => new LiveReaction(r.Emoji, r.UserIds))])
    {
        Files = m.Files.Count > 1 ? [.. m.Files.Select(Of)] : null,
        ReplyTo = m.ReplyTo,
        Urgent = m.IsUrgent ? true : null,
        RequiresResponse = m.RequiresResponse ? true : null,
        Intent = m.Intent,
        PinnedAt = m.PinnedAt?.UtcDateTime,
        AcknowledgedAt = m.AcknowledgedAt?.UtcDateTime,
    };

    private static LiveFile Of(FileView f) => new(f.Id, f.Name, f.MimeType, f.SizeBytes, f.Sha256);
}
