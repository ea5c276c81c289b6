using Colloque.Server.Contracts.LiveConsultations;
using Colloque.Storage;
using Colloque.WaitingRoom;

namespace Colloque.Server.WaitingRoom;

/// <summary>Looks once a second at who of those who wait is there, and now and then at how long it will take.</summary>
internal sealed partial class WaitingRoomSweep(Verbs verbs, LiveQueue queue, TimeProvider time, ILogger<WaitingRoomSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimesEvery = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var timesAt = time.GetUtcNow();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var waitedFor = await SweepAsync(stoppingToken);
                if (time.GetUtcNow() >= timesAt)
                {
                    timesAt = time.GetUtcNow() + TimesEvery;
                    foreach (var practitioner in waitedFor)
                    {
                        queue.Refresh(practitioner);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task<IReadOnlyCollection<Guid>> SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await verbs.RunAsync(null, (SweepWaitingRoom verb) => verb.RunAsync(cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e.GetType().Name);
            return [];
        }
    }

    [LoggerMessage(55, LogLevel.Warning, "Waiting rooms could not be looked after ({Kind}); tried again in a moment")]
    private static partial void LogFailed(ILogger logger, string kind);
}
