namespace Colloque.People;

/// <summary>The platform's administrator lets a practitioner in again, or out: out, they are found no more, and signed out everywhere within 5 s. Nothing is erased.</summary>
public sealed class ActivatePractitioner(PractitionerRows rows, TimeProvider time)
{
    /// <summary>Two statements.</summary>
    /// <exception cref="Refusal">404 nobody, and to others than the platform's administrators.</exception>
    public async Task<PractitionerView> RunAsync(Guid id, bool active, CancellationToken cancellationToken) =>
        (await rows.ActivateAsync(id, active, time.GetMoment(), cancellationToken) ? await rows.OnFileAsync(id, cancellationToken) : null) ?? throw Refusal.NotFound();
}
