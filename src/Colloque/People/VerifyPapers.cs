namespace Colloque.People;

/// <summary>The platform's administrator has compared a practitioner's papers with the profile, or takes that back.</summary>
public sealed class VerifyPapers(PractitionerRows rows, TimeProvider time)
{
    /// <summary>Two statements.</summary>
    /// <exception cref="Refusal">404 nobody, and to others than the platform's administrators.</exception>
    public async Task<PractitionerView> RunAsync(Guid id, bool verified, CancellationToken cancellationToken) =>
        (await rows.VerifyAsync(id, verified, time.GetMoment(), cancellationToken) ? await rows.OnFileAsync(id, cancellationToken) : null) ?? throw Refusal.NotFound();
}
