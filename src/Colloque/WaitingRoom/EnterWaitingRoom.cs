using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.WaitingRoom;

/// <summary>What a patient is told of the own place, and of no other.</summary>
/// <param name="Place">The place.</param>
/// <param name="PractitionerPresent">One of the practitioner's devices is connected.</param>
public sealed record OwnPlace(QueuePlace Place, bool PractitionerPresent);

/// <summary>The patient takes a place in the practitioner's queue, some time before the visit at the earliest.</summary>
public sealed class EnterWaitingRoom(ColloqueDb db, WaitingLine line, QueueBoards boards, Attendance attendance, WaitingRoomOptions options, CallerScope scope)
{
    /// <summary>At most seven statements. Coming again keeps the place.</summary>
    /// <exception cref="Refusal">403 all but patients; 404; 409 <c>too_early</c>, or the visit has begun or will not be.</exception>
    public async Task<OwnPlace> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var visit = await PatientVisit.OneAsync(db, scope, id, cancellationToken);
        if (visit.Status is not (ConsultationStatus.Scheduled or ConsultationStatus.Confirmed))
        {
            throw ConsultationRefusals.IllegalTransition();
        }

        if (line.Now < visit.ScheduledAt - options.OpensBefore)
        {
            throw WaitingRoomRefusals.TooEarly();
        }

        attendance.Seen(visit.Patient.Id);
        await line.EnterAsync(visit, cancellationToken);
        var board = await boards.ReadAsync(visit.Practitioner.Id, cancellationToken);
        return new(board.Of(id) ?? throw ConsultationRefusals.IllegalTransition(), attendance.IsHere(visit.Practitioner.Id));
    }
}

/// <summary>The patient looks at the own place.</summary>
public sealed class SeeWaitingRoom(ColloqueDb db, QueueBoards boards, Attendance attendance, CallerScope scope)
{
    /// <summary>Three queries.</summary>
    /// <exception cref="Refusal">403 all but patients; 404; 409 <c>not_waiting</c>.</exception>
    public async Task<OwnPlace> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var visit = await PatientVisit.OneAsync(db, scope, id, cancellationToken);
        attendance.Seen(visit.Patient.Id);
        var place = visit.Queue is null ? null : (await boards.ReadAsync(visit.Practitioner.Id, cancellationToken)).Of(id);
        return new(place ?? throw WaitingRoomRefusals.NotWaiting(), attendance.IsHere(visit.Practitioner.Id));
    }
}

/// <summary>The patient goes: who comes again later queues anew.</summary>
public sealed class LeaveWaitingRoom(ColloqueDb db, ConsultationLife life, WaitingLine line, CallerScope scope)
{
    /// <summary>At most three statements; true, also for who did not wait.</summary>
    /// <exception cref="Refusal">403 all but patients; 404.</exception>
    public async Task<bool> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var visit = await PatientVisit.OneAsync(db, scope, id, cancellationToken);
        if (await line.LeaveAsync(visit, cancellationToken))
        {
            await life.RecordAsync(id, "Left", "waiting_room", cancellationToken);
        }

        return true;
    }
}

/// <summary>A visit, for its patient.</summary>
internal static class PatientVisit
{
    /// <exception cref="Refusal">403; 404.</exception>
    internal static async Task<ConsultationView> OneAsync(ColloqueDb db, CallerScope scope, Guid id, CancellationToken cancellationToken)
    {
        if (scope.Required.Role != Role.Patient)
        {
            throw Refusal.Forbidden();
        }

        var rows = await ConsultationRow.OneAsync(db, id, cancellationToken);
        return rows.Count == 1 ? rows[0].ToView() : throw Refusal.NotFound();
    }
}
