using Colloque.Server.Contracts.LiveConsultations;
using Colloque.Server.Hosting;
using Colloque.Storage;
using Colloque.WaitingRoom;

namespace Colloque.Server.WaitingRoom;

/// <summary>Looks once a second at who of those who wait is there, and now and then at how long it will take.</summary>
internal sealed class WaitingRoomSweep(Verbs verbs, LiveQueue queue, ClockWatch clocks, TimeProvider time, ILogger<WaitingRoomSweep> logger) : Sweep(TimeSpan.FromSeconds(1), time, logger)
{
    private static readonly TimeSpan TimesEvery = TimeSpan.FromSeconds(15);

    private readonly TimeProvider clock = time;
    private DateTimeOffset timesAt = time.GetUtcNow();

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        var givesUp = clocks.Look();
        var waitedFor = await verbs.RunAsync(null, (SweepWaitingRoom verb) => verb.RunAsync(givesUp, cancellationToken), cancellationToken);
        if (clock.GetUtcNow() < timesAt)
        {
            return;
        }

        timesAt = clock.GetUtcNow() + TimesEvery;
        foreach (var practitioner in waitedFor)
        {
            queue.Refresh(practitioner);
        }
    }
}
