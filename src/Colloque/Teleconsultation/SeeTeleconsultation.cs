namespace Colloque.Teleconsultation;

/// <summary>Shows the remote room of a visit to its two people.</summary>
public sealed class SeeTeleconsultation(TeleconsultationRows rows)
{
    /// <summary>One query.</summary>
    /// <exception cref="Refusal">403 administrators; 404; 409 <c>not_remote</c>.</exception>
    public async Task<TeleconsultationView> RunAsync(Guid id, CancellationToken cancellationToken) => (await rows.OneAsync(id, cancellationToken)).ToView();
}
