using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>One query for a visit with its people, its conversation's head, and what the caller has not read.</summary>
internal sealed record ConsultationRow(
    Guid Id, string Status, string Format, DateTimeOffset ScheduledAt, int DurationMinutes, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt,
    Guid PatientId, string PatientName, Guid PractitionerId, string PractitionerName, string? PractitionerTitle, string? PractitionerSpecialty,
    string VideoProvider, string? RoomName, int? QueuePosition, DateTimeOffset? QueuedAt,
    long Seq, long Change, long ReadSeq, int UnreadCount, DateTimeOffset? LastMessageAt)
{
    private const string Select =
        """
        select c.id "Id", c.status "Status", c.format "Format", c.scheduled_at "ScheduledAt", c.duration_minutes "DurationMinutes",
          c.started_at "StartedAt", c.closed_at "ClosedAt", c.patient_id "PatientId", p.name "PatientName",
          c.practitioner_id "PractitionerId", d.name "PractitionerName", d.title "PractitionerTitle", d.specialty "PractitionerSpecialty",
          c.video_provider "VideoProvider", c.room_name "RoomName",
          case when q.joined_at is not null then queue_position(c.id) end "QueuePosition", q.joined_at "QueuedAt",
          v.last_seq "Seq", v.last_change "Change", r.seq "ReadSeq", v.last_message_at "LastMessageAt",
          (select count(*)::integer from (select 1 from messages m where m.conversation_id = c.id and m.seq > r.seq and m.sender_id <> current_user_id() limit 1000) z) "UnreadCount"
        from consultations c
          join users p on p.id = c.patient_id join users d on d.id = c.practitioner_id
          join conversations v on v.id = c.id
          left join queue_items q on q.consultation_id = c.id and q.left_at is null
          cross join lateral (select coalesce(max(seq), 0) seq from receipts where conversation_id = c.id and user_id = current_user_id() and kind = 'r') r
        """;

    internal static Task<List<ConsultationRow>> OneAsync(ColloqueDb db, Guid id, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<ConsultationRow>(Select + " where c.id = {0}", id).ToListAsync(cancellationToken);

    /// <summary>Newest planned start first; nulls mean no bound and any status.</summary>
    internal static Task<List<ConsultationRow>> ManyAsync(
        ColloqueDb db, string? status, DateTimeOffset beforeTime, Guid beforeId, int most, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<ConsultationRow>(
            Select
            + """
               where (c.patient_id = current_user_id() or c.practitioner_id = current_user_id()) and ({0}::text is null or c.status = {0})
                and (c.scheduled_at, c.id) < ({1}, {2}) order by c.scheduled_at desc, c.id desc limit {3}
              """,
            new Npgsql.NpgsqlParameter { Value = (object?)status ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, beforeTime, beforeId, most)
            .ToListAsync(cancellationToken);

    internal ConsultationView ToView() => new(
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
        LastMessageAt);
}
