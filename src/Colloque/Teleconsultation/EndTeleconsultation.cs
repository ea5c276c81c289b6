using Colloque.Consultations;

namespace Colloque.Teleconsultation;

/// <summary>Ends the visit, and with it its room.</summary>
public sealed class EndTeleconsultation(TeleconsultationRows rows, CloseConsultation close)
{
    /// <summary>Answers with the room as it was left.</summary>
    /// <exception cref="Refusal">403 others than its practitioner; 404; 409 not in progress, <c>not_remote</c>.</exception>
    public async Task<TeleconsultationView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await rows.OneAsync(id, cancellationToken);
        await close.RunAsync(id, cancellationToken);
        return (await rows.OneAsync(id, cancellationToken)).ToView();
    }
}
