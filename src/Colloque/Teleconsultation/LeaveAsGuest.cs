using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Teleconsultation;

/// <summary>A guest goes; their tokens end, their link does not.</summary>
public sealed class LeaveAsGuest(ColloqueDb db, ConsultationLife life, CallerScope scope, UnitOfWork work)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">404: no longer in.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var visit = await db.Database.SqlQuery<Guid?>($"select guest_leave({Guid.CreateVersion7(life.Now)}, {life.Now}) as \"Value\"").SingleAsync(cancellationToken);
        work.Announce(new GuestsChanged(visit ?? throw Refusal.NotFound(), [scope.Required.UserId]));
        return true;
    }
}
