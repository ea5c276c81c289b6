namespace Colloque.Consultations;

/// <summary>The practitioner ends a visit; <see cref="CloseConsultation"/> is the same where an administrator may, too.</summary>
public sealed class EndConsultation(ConsultationLife life, ConsultationReader reader)
{
    /// <summary>InProgress becomes Completed; answers with the visit as it is then.</summary>
    /// <exception cref="Refusal">403 its patient; 404; 409 not in progress.</exception>
    public async Task<ConsultationView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await life.FindGivenAsync(id, cancellationToken);
        return await life.CompleteAsync(id, cancellationToken) ? await reader.OneAsync(id, cancellationToken) : throw ConsultationRefusals.IllegalTransition();
    }
}
