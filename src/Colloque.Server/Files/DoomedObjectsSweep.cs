using Colloque.Files;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Files;

/// <summary>Takes the bytes of deleted messages' files from the store, seconds after the deletion.</summary>
internal sealed class DoomedObjectsSweep(Verbs verbs, TimeProvider time, ILogger<DoomedObjectsSweep> logger) : Sweep(TimeSpan.FromSeconds(5), time, logger)
{
    /// <inheritdoc/>
    protected override Task LookAsync(CancellationToken cancellationToken) => DrainAsync(
        SweepDoomedObjects.MaxRemoved, () => verbs.RunAsync(null, (SweepDoomedObjects verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);
}
