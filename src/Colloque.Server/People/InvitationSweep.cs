using Colloque.People;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.People;

/// <summary>Sends invitations that are due, and ends lists whose sender went away.</summary>
internal sealed class InvitationSweep(Verbs verbs, ClockWatch clocks, TimeProvider time, ILogger<InvitationSweep> logger) : Sweep(TimeSpan.FromSeconds(1), time, logger)
{
    private static readonly TimeSpan ImportsEvery = TimeSpan.FromMinutes(1);

    private readonly TimeProvider clock = time;
    private DateTimeOffset importsAt = time.GetUtcNow();

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        await TryAsync(SendAsync, cancellationToken);
        if (clock.GetUtcNow() >= importsAt && clocks.Look())
        {
            importsAt = clock.GetUtcNow() + ImportsEvery;
            await verbs.RunAsync(null, (SweepImports verb) => verb.RunAsync(cancellationToken), cancellationToken);
        }
    }

    private Task SendAsync(CancellationToken cancellationToken) =>
        DrainAsync(SendInvitations.Most, () => verbs.RunAsync(null, (SendInvitations verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);
}
