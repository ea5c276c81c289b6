using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Colloque.WaitingRoom;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Teleconsultation;

/// <summary>A guest goes; their tokens end, their link does not.</summary>
public sealed class LeaveAsGuest(ColloqueDb db, ConsultationLife life, CallerScope scope, UnitOfWork work)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">404: no longer in.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var left = await db.Database.SqlQuery<Left>(
            $"""select consultation_id "ConsultationId", practitioner_id "PractitionerId" from guest_leave({Guid.CreateVersion7(life.Now)}, {life.Now})""").ToListAsync(cancellationToken);
        if (left.Count == 0)
        {
            throw Refusal.NotFound();
        }

        work.Announce(new GuestsChanged(left[0].ConsultationId, [new(scope.Required.UserId, scope.Required.SignInId)]));
        work.Announce(new QueueMoved(left[0].PractitionerId));
        return true;
    }

    private sealed record Left(Guid ConsultationId, Guid PractitionerId);
}
