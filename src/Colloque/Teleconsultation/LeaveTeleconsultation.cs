using Colloque.Consultations;
using Colloque.Storage;

namespace Colloque.Teleconsultation;

/// <summary>Goes out of the remote room; the visit goes on.</summary>
public sealed class LeaveTeleconsultation(TeleconsultationRows rows, ConsultationLife life, CallerScope scope)
{
    /// <summary>The caller's token works no longer, and a patient who waited waits no longer. To leave twice is to have left.</summary>
    /// <exception cref="Refusal">403 administrators; 404; 409 <c>not_remote</c>.</exception>
    public async Task<TeleconsultationView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await rows.OneAsync(id, cancellationToken);
        await rows.LeaveAsync(id, cancellationToken);
        var visit = await life.FindAsync(id, cancellationToken);
        if (visit.Plan.PatientId == scope.Required.UserId)
        {
            await life.EndWaitAsync(visit.Plan, cancellationToken);
        }

        return (await rows.OneAsync(id, cancellationToken)).ToView();
    }
}
