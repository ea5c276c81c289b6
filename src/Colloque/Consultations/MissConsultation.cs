using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>The practitioner says that the patient did not come.</summary>
public sealed class MissConsultation(ColloqueDb db, ConsultationLife life, ConsultationReader reader, UnitOfWork work)
{
    /// <summary>Scheduled or Confirmed becomes NoShow, from the planned start on; answers with the visit as it is then.</summary>
    /// <exception cref="Refusal">403 its patient; 404; 409 too early, begun or over.</exception>
    public async Task<ConsultationView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var visit = await life.FindGivenAsync(id, cancellationToken);
        var moved = await db.Database.ExecuteSqlAsync(
            $"update consultations set status = 'NoShow' where id = {id} and status in ('Scheduled', 'Confirmed') and scheduled_at <= {life.Now}", cancellationToken);
        if (moved == 0)
        {
            throw ConsultationRefusals.IllegalTransition();
        }

        await life.CloseConversationAsync(id, cancellationToken);
        await life.EndWaitAsync(visit.Plan, cancellationToken);
        await life.RecordAsync(id, "NoShow", null, cancellationToken);
        work.Announce(new ConsultationMissed(visit.Plan with { Status = ConsultationStatus.NoShow }));
        return await reader.OneAsync(id, cancellationToken);
    }
}
