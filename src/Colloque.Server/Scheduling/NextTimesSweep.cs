using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Scheduling;

/// <summary>Looks again at when practitioners can be seen next, where something changed or time went by: it looks at what is so, so nothing is lost with a process.</summary>
/// <remarks>Two processes that look at once do the same thing twice, one after the other: the practitioner's row is their lock.</remarks>
internal sealed partial class NextTimesSweep(Verbs verbs, TimeProvider time, ILogger<NextTimesSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> due = [];
        await TryAsync(async () => due = await verbs.RunAsync(null, (FindDueNextTimes verb) => verb.RunAsync(cancellationToken), cancellationToken));
        foreach (var person in due)
        {
            // As themselves: nobody else sees all that keeps them busy.
            var practitioner = new Caller(Guid.Empty, person, Role.Practitioner, Guid.Empty);
            await TryAsync(() => verbs.RunAsync(practitioner, (RefreshNextTime verb) => verb.RunAsync(cancellationToken), cancellationToken));
        }
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e.GetType().Name);
        }
    }

    [LoggerMessage(55, LogLevel.Warning, "Next free times could not be looked after ({Kind}); tried again in a moment")]
    private static partial void LogFailed(ILogger logger, string kind);
}
