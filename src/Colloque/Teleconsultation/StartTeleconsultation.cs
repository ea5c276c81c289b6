using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Teleconsultation;

/// <summary>Opens the remote room: the visit is in progress, and both may come in.</summary>
public sealed class StartTeleconsultation(TeleconsultationRows rows, ConsultationLife life, CallerScope scope)
{
    /// <summary>Answers with the room; to begin what has begun changes nothing.</summary>
    /// <returns>The room, and whether this call opened it.</returns>
    /// <exception cref="Refusal">403 others than its practitioner; 404; 409 <c>session_ended</c>, <c>not_remote</c>.</exception>
    public async Task<(TeleconsultationView Session, bool Opened)> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await rows.OneAsync(id, cancellationToken);
        if (row.PractitionerId != scope.Required.UserId)
        {
            throw Refusal.Forbidden();
        }

        if (row.IsOver)
        {
            throw TeleconsultationRefusals.Ended();
        }

        if (!row.IsInProgress && await life.StartAsync(id, cancellationToken))
        {
            await life.EndWaitAsync((await life.FindAsync(id, cancellationToken)).Plan, cancellationToken);
        }

        var opened = await rows.OpenAsync(id, cancellationToken);
        return ((await rows.OneAsync(id, cancellationToken)).ToView(), opened);
    }
}
