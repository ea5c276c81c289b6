namespace Colloque.Server.Hosting;

/// <summary>
/// Work of the server's own that looks, again and again, at what is so: what fails is tried again at the next look, so nothing is lost with a process. Ends with the server.
/// </summary>
internal abstract partial class Sweep(TimeSpan every, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(LookAsync, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>One look.</summary>
    protected abstract Task LookAsync(CancellationToken cancellationToken);

    /// <summary>A step of a look whose failure must not keep the others from being taken.</summary>
    protected async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, GetType().Name, e.GetType().Name);
        }
    }

    /// <summary>A step that takes at most so many at a time, until it took fewer: each time in a transaction of its own.</summary>
    protected static async Task DrainAsync(int most, Func<Task<int>> step, CancellationToken cancellationToken)
    {
        while (await step() == most)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    [LoggerMessage(50, LogLevel.Warning, "{Sweep} failed ({Kind}); tried again at its next look")]
    private static partial void LogFailed(ILogger logger, string sweep, string kind);
}
