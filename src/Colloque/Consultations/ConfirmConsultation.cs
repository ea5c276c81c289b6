using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>The practitioner agrees to a visit.</summary>
public sealed class ConfirmConsultation(ColloqueDb db, ConsultationLife life, ConsultationReader reader, UnitOfWork work)
{
    /// <summary>Scheduled becomes Confirmed; answers with the visit as it is then.</summary>
    /// <exception cref="Refusal">403 its patient; 404; 409 not Scheduled.</exception>
    public async Task<ConsultationView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var visit = await life.FindGivenAsync(id, cancellationToken);
        var moved = await db.Database.ExecuteSqlAsync(
            $"update consultations set status = 'Confirmed', confirmed_at = {life.Now} where id = {id} and status = 'Scheduled'", cancellationToken);
        if (moved == 0)
        {
            throw ConsultationRefusals.IllegalTransition();
        }

        await life.RecordAsync(id, "Confirmed", null, cancellationToken);
        work.Announce(new ConsultationConfirmed(visit.Plan with { Status = ConsultationStatus.Confirmed }));
        return await reader.OneAsync(id, cancellationToken);
    }
}
