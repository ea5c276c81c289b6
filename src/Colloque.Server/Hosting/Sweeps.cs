using Colloque.Files;
using Colloque.Server.Contracts.LiveConsultations;
using Colloque.Server.Realtime;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>What has to be looked at again and again, in one loop: no timer a socket, a person or a file.</summary>
internal sealed partial class Sweeps(LivePresence presence, SignedSockets sockets, Verbs verbs, ClockWatch clocks, TimeProvider time, ILogger<Sweeps> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FilesEvery = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var filesAt = time.GetUtcNow() + FilesEvery;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                presence.Sweep();
                sockets.EndExpired();
                if (time.GetUtcNow() >= filesAt && clocks.Look())
                {
                    filesAt = time.GetUtcNow() + FilesEvery;
                    await SweepFilesAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task SweepFilesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await verbs.RunAsync(null, (SweepFiles verb) => verb.RunAsync(cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e.GetType().Name);
        }
    }

    [LoggerMessage(40, LogLevel.Warning, "Unconfirmed files could not be swept ({Kind}); tried again later")]
    private static partial void LogFailed(ILogger logger, string kind);
}
