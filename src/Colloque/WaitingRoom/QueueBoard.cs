using Colloque.Consultations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.WaitingRoom;

/// <summary>Somebody who waits, with their turn.</summary>
/// <param name="ConsultationId">The visit.</param>
/// <param name="PractitionerId">Whose patient.</param>
/// <param name="PatientId">Who waits.</param>
/// <param name="PatientName">Null in what a patient asked for.</param>
/// <param name="Format">How the two meet.</param>
/// <param name="ScheduledAt">Planned start.</param>
/// <param name="JoinedAt">Since when.</param>
/// <param name="AwaySince">Since when no device of theirs is connected; null while one is.</param>
/// <param name="Position">1 is next.</param>
/// <param name="ExpectedAt">When it should be their turn.</param>
/// <param name="DelayMinutes">What their practitioner says of it; 0: nothing.</param>
/// <param name="Guest">Who is in for the patient by a link, as they are called there; null in what a patient asked for.</param>
public sealed record QueuePlace(
    Guid ConsultationId, Guid PractitionerId, Guid PatientId, string? PatientName, ConsultationFormat Format, DateTimeOffset ScheduledAt, DateTimeOffset JoinedAt,
    DateTimeOffset? AwaySince, int Position, DateTimeOffset ExpectedAt, int DelayMinutes, PersonView? Guest);

/// <summary>A practitioner of a queue.</summary>
/// <param name="Id">Who.</param>
/// <param name="SharesQueue">With the others of the specialty who say so too.</param>
/// <param name="DelayMinutes">As told, while it lasts; else 0.</param>
/// <param name="NextAt">When their next visit should begin, whatever delay they told.</param>
/// <param name="Name">Null in what a patient asked for.</param>
/// <param name="Specialty">What they share it by.</param>
public sealed record QueueMember(Guid Id, bool SharesQueue, int DelayMinutes, DateTimeOffset NextAt, string? Name, string? Specialty);

/// <summary>A queue at a moment.</summary>
/// <param name="Places">In their order.</param>
/// <param name="Members">One practitioner, or all who share.</param>
public sealed record QueueBoard(IReadOnlyList<QueuePlace> Places, IReadOnlyList<QueueMember> Members)
{
    /// <summary>A visit's place; null: it does not wait.</summary>
    public QueuePlace? Of(Guid consultationId) => Places.FirstOrDefault(p => p.ConsultationId == consultationId);
}

/// <summary>Reads queues.</summary>
public sealed class QueueBoards(ColloqueDb db, Attendance attendance, TimeProvider time)
{
    /// <summary>The queue that a practitioner's patients wait in: empty to whom it does not concern. Two queries.</summary>
    public async Task<QueueBoard> ReadAsync(Guid practitionerId, CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        var members = await db.Database.SqlQuery<MemberRow>(
            $"""
            select practitioner_id "PractitionerId", shares_queue "SharesQueue", delay_minutes "DelayMinutes", delayed_until "DelayedUntil", name "Name", specialty "Specialty"
            from queue_members({practitionerId})
            """).ToListAsync(cancellationToken);
        var rows = await db.Database.SqlQuery<BoardRow>(
            $"""
            select consultation_id "ConsultationId", practitioner_id "PractitionerId", patient_id "PatientId", patient_name "PatientName", status "Status", format "Format",
              scheduled_at "ScheduledAt", duration_minutes "DurationMinutes", started_at "StartedAt", closed_at "ClosedAt", joined_at "JoinedAt", away_since "AwaySince", guest_id "GuestId", guest_name "GuestName"
            from queue_board({practitionerId}, {now})
            """).ToListAsync(cancellationToken);
        return Of(practitionerId, members, rows, now);
    }

    private QueueBoard Of(Guid practitionerId, List<MemberRow> members, List<BoardRow> rows, DateTimeOffset now)
    {
        var running = rows.Where(static r => r.Status == nameof(ConsultationStatus.InProgress)).ToArray();
        PastVisit[] past = [.. rows.Where(static r => r.Status == nameof(ConsultationStatus.Completed)).Select(static r => new PastVisit(r.DurationMinutes, r.ClosedAt!.Value - r.StartedAt!.Value))];
        AwaitedVisit[] awaited =
        [
            .. rows.Where(static r => r.Status is nameof(ConsultationStatus.Scheduled) or nameof(ConsultationStatus.Confirmed))
                .Select(static r => new AwaitedVisit(r.ConsultationId, r.ScheduledAt, r.DurationMinutes, r.JoinedAt)),
        ];
        var servers = members.ToDictionary(static m => m.PractitionerId, m => Server(m, running));
        // A colleague who shares and is not there sees nobody.
        QueueServer[] present = [.. servers.Where(s => s.Key == practitionerId || s.Value.Running is not null || attendance.IsHere(s.Key)).Select(static s => s.Value)];
        var byId = rows.ToDictionary(static r => r.ConsultationId);
        var delays = members.ToDictionary(static m => m.PractitionerId, m => m.DelayedUntil > now ? m.DelayMinutes : 0);
        var moment = new QueueMoment(now, awaited, present, past);
        var places = present.Length == 0 ? [] : QueueForecast.Of(moment).Select(p => Place(byId[p.ConsultationId], p, delays)).ToArray();
        return new(
            places,
            [.. members.Select(m => new QueueMember(m.PractitionerId, m.SharesQueue, delays[m.PractitionerId], QueueForecast.NextAt(moment, servers[m.PractitionerId]), m.Name, m.Specialty))]);
    }

    /// <summary>Of several visits under way the last begun counts: the others were not closed.</summary>
    private static QueueServer Server(MemberRow member, BoardRow[] running) => new(
        running.Where(r => r.PractitionerId == member.PractitionerId).MaxBy(static r => r.StartedAt) is { } r ? (r.StartedAt!.Value, r.DurationMinutes) : null, member.DelayedUntil);

    private static QueuePlace Place(BoardRow row, ForecastPlace place, Dictionary<Guid, int> delays) => new(
        row.ConsultationId, row.PractitionerId, row.PatientId, row.PatientName, Enum.Parse<ConsultationFormat>(row.Format), row.ScheduledAt, row.JoinedAt!.Value, row.AwaySince,
        place.Position, place.ExpectedAt, delays[row.PractitionerId], row.GuestId is { } guest ? new(guest, row.GuestName!) : null);

    private sealed record MemberRow(Guid PractitionerId, bool SharesQueue, int DelayMinutes, DateTimeOffset? DelayedUntil, string? Name, string? Specialty);

    private sealed record BoardRow(
        Guid ConsultationId, Guid PractitionerId, Guid PatientId, string? PatientName, string Status, string Format, DateTimeOffset ScheduledAt, int DurationMinutes,
        DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt, DateTimeOffset? JoinedAt, DateTimeOffset? AwaySince, Guid? GuestId, string? GuestName);
}
