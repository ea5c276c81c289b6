using Colloque.Security;
using Colloque.Storage;
using Colloque.WaitingRoom;

namespace Colloque.Consultations;

/// <summary>Enters a visit: the practitioner's coming starts it, the patient's earlier coming takes a place in the queue.</summary>
public sealed class JoinConsultation(ColloqueDb db, ConsultationLife life, WaitingLine line, CallerScope scope)
{
    /// <summary>Answers with the visit as it is after the join.</summary>
    /// <exception cref="Refusal">403 administrators; 404 a stranger.</exception>
    public async Task<ConsultationView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var (visit, hasJoined) = await OneAsync(id, cancellationToken);
        if (!hasJoined && visit.Status is (ConsultationStatus.Scheduled or ConsultationStatus.Confirmed or ConsultationStatus.InProgress))
        {
            // Once a person: what a visit that nobody ends is judged by.
            await life.RecordAsync(id, "Joined", null, cancellationToken);
        }

        if (visit.Status is not (ConsultationStatus.Scheduled or ConsultationStatus.Confirmed))
        {
            return visit;
        }

        if (caller.UserId == visit.Patient.Id)
        {
            await line.EnterAsync(visit, cancellationToken);
        }
        else if (await life.StartAsync(id, cancellationToken))
        {
            line.Announce(visit);
        }

        return (await OneAsync(id, cancellationToken)).Visit;
    }

    private async Task<(ConsultationView Visit, bool HasJoined)> OneAsync(Guid id, CancellationToken cancellationToken)
    {
        var rows = await ConsultationRow.OneAsync(db, id, cancellationToken);
        return rows.Count == 1 ? (rows[0].ToView(), rows[0].HasJoined) : throw Refusal.NotFound();
    }
}
