using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Teleconsultation;

/// <summary>Comes into the remote room, as one comes into the visit by any contract, and is given the caller's own token.</summary>
public sealed class JoinTeleconsultation(TeleconsultationRows rows, JoinConsultation join, CallerScope scope)
{
    /// <summary>The practitioner's coming starts the visit; the patient's earlier coming takes a place in the queue.</summary>
    /// <exception cref="Refusal">403 administrators; 404 a stranger; 409 <c>session_ended</c>, <c>outside_window</c>, <c>not_remote</c>.</exception>
    public async Task<TeleconsultationEntry> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        // Before anything moves: what is not remote, or over, is not begun by this.
        Check(await rows.OneAsync(id, cancellationToken));
        await join.RunAsync(id, cancellationToken);
        await rows.GoLiveAsync(id, cancellationToken);
        var row = Check(await rows.OneAsync(id, cancellationToken));
        var token = await rows.TokenAsync(row, cancellationToken);
        var session = (await rows.OneAsync(id, cancellationToken)).ToView();
        return new(token, row.PractitionerId == scope.Required.UserId, session);
    }

    private static SessionRow Check(SessionRow row) => row.IsOver ? throw TeleconsultationRefusals.Ended() : row;
}
