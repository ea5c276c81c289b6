namespace Colloque.People;

/// <summary>Finds practitioners whom the caller may choose: validated, active, of their own organization or of the platform.</summary>
public sealed class FindPractitioners(PractitionerRows rows)
{
    /// <summary>One query.</summary>
    /// <exception cref="Refusal">422, naming the parameter.</exception>
    public Task<(IReadOnlyList<PractitionerView> Items, string? NextCursor)> RunAsync(PractitionerSearch search, CancellationToken cancellationToken) =>
        rows.ListAsync(directory: true, search.Parse() with { Status = null }, cancellationToken);
}
