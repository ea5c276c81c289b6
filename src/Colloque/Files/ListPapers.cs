using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Lists the papers that a practitioner has handed in: to them, and to the platform's administrators.</summary>
public sealed class ListPapers(PersonFileRows rows, CallerScope scope)
{
    /// <summary>One query, oldest first; at most <see cref="PreparePersonFile.MaxPapers"/>.</summary>
    /// <exception cref="Refusal">404 to everyone else.</exception>
    public async Task<IReadOnlyList<PersonFileView>> RunAsync(Guid ownerId, CancellationToken cancellationToken)
    {
        if (scope.Required.UserId != ownerId && scope.Required.Role != Role.PlatformAdmin)
        {
            throw Refusal.NotFound();
        }

        return [.. (await rows.PapersAsync(ownerId, cancellationToken)).Select(static f => f.View)];
    }
}
