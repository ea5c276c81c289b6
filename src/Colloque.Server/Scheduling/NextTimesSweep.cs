using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Scheduling;

/// <summary>Looks again at when practitioners can be seen next, where something changed or time went by.</summary>
/// <remarks>Two processes that look at once do the same thing twice, one after the other: the practitioner's row is their lock.</remarks>
internal sealed class NextTimesSweep(Verbs verbs, TimeProvider time, ILogger<NextTimesSweep> logger) : Sweep(TimeSpan.FromSeconds(1), time, logger)
{
    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var person in await verbs.RunAsync(null, (FindDueNextTimes verb) => verb.RunAsync(cancellationToken), cancellationToken))
        {
            // As themselves: nobody else sees all that keeps them busy.
            var practitioner = new Caller(Guid.Empty, person, Role.Practitioner, Guid.Empty);
            await TryAsync(stop => verbs.RunAsync(practitioner, (RefreshNextTime verb) => verb.RunAsync(stop), stop), cancellationToken);
        }
    }
}
