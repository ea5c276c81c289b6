using Colloque.Reports;
using Colloque.Storage;

namespace Colloque.Server.Reports;

/// <summary>Freezes months that are over, whether or not anybody asks for them: each process looks, and what one has frozen the others leave alone.</summary>
internal sealed partial class UsageSweep(Verbs verbs, SteadyTime steady, TimeProvider time, ILogger<UsageSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FreezeAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task FreezeAsync(CancellationToken cancellationToken)
    {
        if (!steady.Look())
        {
            LogJumped(logger);
            return;
        }

        try
        {
            var frozen = await verbs.RunAsync(null, (FreezeMonths verb) => verb.RunAsync(cancellationToken), cancellationToken);
            if (frozen > 0)
            {
                LogFrozen(logger, frozen);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e.GetType().Name);
        }
    }

    [LoggerMessage(120, LogLevel.Information, "{Count} months of organizations were frozen")]
    private static partial void LogFrozen(ILogger logger, int count);

    [LoggerMessage(121, LogLevel.Warning, "The clock jumped: no month is frozen until it has gone evenly for two hours, or the server is started anew")]
    private static partial void LogJumped(ILogger logger);

    [LoggerMessage(122, LogLevel.Warning, "Months could not be frozen ({Kind}); tried again in an hour")]
    private static partial void LogFailed(ILogger logger, string kind);
}
