using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>One query for a visit with its people, its conversation's head, and what the caller has not read.</summary>
internal sealed record ConsultationRow(
    Guid Id, Guid TenantId, string Status, string Format, DateTimeOffset ScheduledAt, int DurationMinutes, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt,
    Guid PatientId, string PatientName, Guid PractitionerId, string PractitionerName, string? PractitionerTitle, string? PractitionerSpecialty,
    string VideoProvider, string? RoomName, int? QueuePosition, DateTimeOffset? QueuedAt, bool HasJoined,
    long Seq, long Change, long ReadSeq, int UnreadCount, DateTimeOffset? LastMessageAt,
    DateTimeOffset CreatedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? CancelledAt, Guid? CancelledBy, string? CancelledByRole, string TimeZone, int CancelNoticeMinutes,
    Guid? BookedBy, byte[]? ReasonSealed, byte[]? CancelReasonSealed)
{
    private const string Select =
        """
        select c.id "Id", c.tenant_id "TenantId", c.status "Status", c.format "Format", c.scheduled_at "ScheduledAt", c.duration_minutes "DurationMinutes",
          c.started_at "StartedAt", c.closed_at "ClosedAt", c.patient_id "PatientId", p.name "PatientName",
          c.practitioner_id "PractitionerId", d.name "PractitionerName", d.title "PractitionerTitle", d.specialty "PractitionerSpecialty",
          c.video_provider "VideoProvider", c.room_name "RoomName",
          case when q.joined_at is not null then queue_position(c.id) end "QueuePosition", q.joined_at "QueuedAt",
          exists (select from consultation_events e
            where e.consultation_id = c.id and e.type = 'Joined' and e.actor_id = current_user_id() and not starts_with(coalesce(e.detail, ''), 'client')) "HasJoined",
          v.last_seq "Seq", v.last_change "Change", r.seq "ReadSeq", v.last_message_at "LastMessageAt",
          (select count(*)::integer from (select 1 from messages m where m.conversation_id = c.id and m.seq > r.seq and m.sender_id <> current_user_id() limit 1000) z) "UnreadCount",
          c.created_at "CreatedAt", c.confirmed_at "ConfirmedAt", c.cancelled_at "CancelledAt", c.cancelled_by "CancelledBy", c.cancelled_by_role "CancelledByRole",
          c.time_zone "TimeZone", c.cancel_notice_minutes "CancelNoticeMinutes", c.booked_by "BookedBy", c.reason_sealed "ReasonSealed", c.cancel_reason_sealed "CancelReasonSealed"
        from consultations c
          join users p on p.id = c.patient_id join users d on d.id = c.practitioner_id
          join conversations v on v.id = c.id
          left join queue_items q on q.consultation_id = c.id and q.left_at is null
          cross join lateral (select coalesce(max(seq), 0) seq from receipts where conversation_id = c.id and user_id = current_user_id() and kind = 'r') r
        """;

    private const string Mine =
        """
         where (c.patient_id = current_user_id() or c.practitioner_id = current_user_id()) and c.status = any ({0}) and c.format = any ({1}) and c.scheduled_at >= {2} and c.scheduled_at < {3}
        """;

    private const string Upward = Select + Mine + " and (c.scheduled_at, c.id) > ({4}, {5}) order by c.scheduled_at, c.id limit {6}";
    private const string Downward = Select + Mine + " and (c.scheduled_at, c.id) < ({4}, {5}) order by c.scheduled_at desc, c.id desc limit {6}";

    internal static Task<List<ConsultationRow>> OneAsync(ColloqueDb db, Guid id, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<ConsultationRow>(Select + " where c.id = {0}", id).ToListAsync(cancellationToken);

    /// <summary>The caller's own, by planned start, of some states and formats and planned in a range; from after a position on.</summary>
    internal static Task<List<ConsultationRow>> ManyAsync(
        ColloqueDb db, string[] statuses, string[] formats, DateTimeOffset from, DateTimeOffset until, bool ascending, DateTimeOffset afterTime, Guid afterId, int most,
        CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<ConsultationRow>(ascending ? Upward : Downward, statuses, formats, from, until, afterTime, afterId, most).ToListAsync(cancellationToken);

    /// <summary>As the two see it; what somebody wrote is opened by <see cref="ConsultationReader"/>.</summary>
    internal ConsultationView ToView(string? reason = null, string? cancelReason = null) => new(
        Id,
        Enum.Parse<ConsultationStatus>(Status),
        Enum.Parse<ConsultationFormat>(Format),
        ScheduledAt,
        DurationMinutes,
        StartedAt,
        ClosedAt,
        new(PatientId, PatientName),
        new(PractitionerId, PractitionerName, PractitionerTitle, PractitionerSpecialty),
        VideoProvider,
        RoomName,
        QueuePosition is { } position && QueuedAt is { } since ? new(position, since) : null,
        Seq,
        Change,
        ReadSeq,
        UnreadCount,
        LastMessageAt,
        new(
            CreatedAt, ConfirmedAt, CancelledAt, CancelledByRole, TimeZone,
            Status is nameof(ConsultationStatus.Scheduled) or nameof(ConsultationStatus.Confirmed) ? ScheduledAt.AddMinutes(-CancelNoticeMinutes) : null, reason, cancelReason));
}
