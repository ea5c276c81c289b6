using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Colloque.WaitingRoom;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Teleconsultation;

/// <summary>The waiting room of who is in for the patient, by the patient's link: they hold the patient's place, and see it.</summary>
public sealed class WaitAsGuest(ColloqueDb db, SeeVisitAsGuest see, QueueBoards boards, Attendance attendance, CallerScope scope, UnitOfWork work, TimeProvider time)
{
    /// <summary>Takes the place again where it was given up meanwhile. At most six statements.</summary>
    /// <exception cref="Refusal">403 guests of another role; 404; 409 the visit has begun or will not be.</exception>
    public async Task<OwnPlace> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var visit = await PatientsAsync(id, cancellationToken);
        if (visit.Queue is null)
        {
            if (await db.Database.SqlQuery<bool?>($"select guest_wait({id}, {time.GetMoment()}) as \"Value\"").SingleAsync(cancellationToken) != true)
            {
                throw ConsultationRefusals.IllegalTransition();
            }

            work.Announce(new QueueChanged(id, visit.Patient.Id, visit.Practitioner.Id));
        }

        return await PlaceAsync(visit, cancellationToken);
    }

    /// <summary>Looks at the place. Three queries.</summary>
    /// <exception cref="Refusal">403 guests of another role; 404; 409 <c>not_waiting</c>.</exception>
    public async Task<OwnPlace> SeeAsync(Guid id, CancellationToken cancellationToken) => await PlaceAsync(await PatientsAsync(id, cancellationToken), cancellationToken);

    private async Task<GuestVisit> PatientsAsync(Guid id, CancellationToken cancellationToken)
    {
        var visit = await see.RunAsync(id, cancellationToken);
        if (visit.Role != GuestRole.Patient)
        {
            throw Refusal.Forbidden();
        }

        attendance.Seen(scope.Required.UserId);
        return visit;
    }

    private async Task<OwnPlace> PlaceAsync(GuestVisit visit, CancellationToken cancellationToken) =>
        new((await boards.ReadAsync(visit.Practitioner.Id, cancellationToken)).Of(visit.Id) ?? throw WaitingRoomRefusals.NotWaiting(), attendance.IsHere(visit.Practitioner.Id));
}
