using Colloque.People;
using Colloque.Storage;

namespace Colloque.Server.People;

/// <summary>Sends invitations that are due, and ends lists whose sender went away: it looks at what is so, so nothing is lost with a process.</summary>
internal sealed partial class InvitationSweep(Verbs verbs, TimeProvider time, ILogger<InvitationSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ImportsEvery = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var importsAt = time.GetUtcNow();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(SendAsync, stoppingToken);
                if (time.GetUtcNow() >= importsAt)
                {
                    importsAt = time.GetUtcNow() + ImportsEvery;
                    await TryAsync(SweepImportsAsync, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>As many as there are: those of a long list go out batch after batch, each in a transaction of its own.</summary>
    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (await verbs.RunAsync(null, (SendInvitations verb) => verb.RunAsync(cancellationToken), cancellationToken) == SendInvitations.Most)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task SweepImportsAsync(CancellationToken cancellationToken) =>
        verbs.RunAsync(null, (SweepImports verb) => verb.RunAsync(cancellationToken), cancellationToken);

    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e.GetType().Name);
        }
    }

    [LoggerMessage(50, LogLevel.Warning, "Invitations or imports could not be looked after ({Kind}); tried again in a moment")]
    private static partial void LogFailed(ILogger logger, string kind);
}
