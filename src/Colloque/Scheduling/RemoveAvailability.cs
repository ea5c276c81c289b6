using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Scheduling;

/// <summary>Removes one of a practitioner's own rules; visits that are booked stay.</summary>
public sealed class RemoveAvailability(PracticeRows rows, NextTimes next, CallerScope scope)
{
    /// <summary>Five statements.</summary>
    /// <exception cref="Refusal">403 others than practitioners; 404.</exception>
    public async Task<bool> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        if (scope.Required.Role != Role.Practitioner)
        {
            throw Refusal.Forbidden();
        }

        await rows.LockAsync(cancellationToken);
        if (!await rows.DeleteAsync(id, cancellationToken))
        {
            throw Refusal.NotFound();
        }

        await next.RefreshAsync(cancellationToken);
        return true;
    }
}
