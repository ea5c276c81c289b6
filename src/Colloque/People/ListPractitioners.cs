using Colloque.Security;
using Colloque.Storage;

namespace Colloque.People;

/// <summary>Lists practitioners with their files, to the platform's administrators; the pending ones once their address is verified.</summary>
public sealed class ListPractitioners(PractitionerRows rows, CallerScope scope)
{
    /// <summary>One query.</summary>
    /// <exception cref="Refusal">403; 422, naming the parameter.</exception>
    public Task<(IReadOnlyList<PractitionerView> Items, string? NextCursor)> RunAsync(PractitionerSearch search, CancellationToken cancellationToken) =>
        scope.Required.Role == Role.PlatformAdmin ? rows.ListAsync(directory: false, search.Parse(), cancellationToken) : throw Refusal.Forbidden();
}
