namespace Colloque.Consultations;

/// <summary>The practitioner begins a visit, without entering its conversation's sockets: what <see cref="JoinConsultation"/> does there.</summary>
public sealed class StartConsultation(ConsultationLife life, ConsultationReader reader)
{
    /// <summary>Scheduled or Confirmed becomes InProgress; answers with the visit as it is then.</summary>
    /// <exception cref="Refusal">403 its patient; 404; 409 begun or over.</exception>
    public async Task<ConsultationView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var visit = await life.FindGivenAsync(id, cancellationToken);
        if (!await life.StartAsync(id, cancellationToken))
        {
            throw ConsultationRefusals.IllegalTransition();
        }

        await life.EndWaitAsync(visit.Plan, cancellationToken);
        return await reader.OneAsync(id, cancellationToken);
    }
}
