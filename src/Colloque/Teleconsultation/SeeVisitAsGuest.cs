using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Teleconsultation;

/// <summary>Shows a guest the one visit they are in.</summary>
public sealed class SeeVisitAsGuest(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query, through a function that has nothing else to give.</summary>
    /// <exception cref="Refusal">404: another visit, or no longer in it.</exception>
    public async Task<GuestVisit> RunAsync(Guid id, CancellationToken cancellationToken) => (await OneAsync(id, cancellationToken)).ToView();

    /// <summary>The media room.</summary>
    /// <exception cref="Refusal">404; 409 not in progress.</exception>
    public async Task<RoomEntry> RoomAsync(Guid id, CancellationToken cancellationToken) =>
        (await OneAsync(id, cancellationToken)).RoomName is { } room ? new(room, IsPractitioner: false) : throw ConsultationRefusals.NotInProgress();

    /// <summary>The guest's time goes on: what a new token of theirs may say.</summary>
    /// <exception cref="Refusal">404.</exception>
    public async Task<(int Version, DateTimeOffset Until)> RenewAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await OneAsync(id, cancellationToken);
        return (row.Version, row.ExpiresAt);
    }

    private async Task<Row> OneAsync(Guid id, CancellationToken cancellationToken)
    {
        if (scope.Required.Role != Role.Guest)
        {
            throw Refusal.Forbidden();
        }

        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select id "Id", status "Status", format "Format", scheduled_at "ScheduledAt", duration_minutes "DurationMinutes", started_at "StartedAt", closed_at "ClosedAt",
              patient_id "PatientId", patient_name "PatientName", practitioner_id "PractitionerId", practitioner_name "PractitionerName", practitioner_title "PractitionerTitle",
              provider "Provider", room_name "RoomName", seq "Seq", change "Change", floor_seq "Floor", version "Version", expires_at "ExpiresAt",
              guest_role "GuestRole", queue_position "QueuePosition", queued_at "QueuedAt"
            from guest_visit({id})
            """).ToListAsync(cancellationToken);
        return rows.Count == 1 ? rows[0] : throw Refusal.NotFound();
    }

    private sealed record Row(
        Guid Id, string Status, string Format, DateTimeOffset ScheduledAt, int DurationMinutes, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt, Guid PatientId, string PatientName,
        Guid PractitionerId, string PractitionerName, string? PractitionerTitle, string Provider, string? RoomName, long Seq, long Change, long Floor, int Version, DateTimeOffset ExpiresAt,
        string GuestRole, int? QueuePosition, DateTimeOffset? QueuedAt)
    {
        internal GuestVisit ToView() => new(
            Id, Enum.Parse<ConsultationStatus>(Status), Enum.Parse<ConsultationFormat>(Format), ScheduledAt, DurationMinutes, StartedAt, ClosedAt,
            new(PatientId, PatientName), new(PractitionerId, PractitionerName, PractitionerTitle), Provider, RoomName, Seq, Change, Floor,
            Enum.Parse<GuestRole>(GuestRole), QueuePosition is { } position && QueuedAt is { } since ? new(position, since) : null);
    }
}
