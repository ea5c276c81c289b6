using Colloque.Consultations;
using Colloque.Notifications;
using Colloque.Storage;

namespace Colloque.Server.Notifications;

/// <summary>
/// Tells people what is new, once a second, and reminds them of what is near, twice a minute. Where the wall clock has jumped, nobody is reminded: a wrong date must
/// not write to everybody.
/// </summary>
internal sealed partial class NoticeSweep(Verbs verbs, TimeProvider time, ILogger<NoticeSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RemindEvery = TimeSpan.FromSeconds(30);

    private readonly ClockWatch clocks = new(time);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var remindAt = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (time.GetElapsedTime(remindAt) >= RemindEvery)
                {
                    remindAt = time.GetTimestamp();
                    await TryAsync(RemindAsync, stoppingToken);
                }

                await TryAsync(TellAsync, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task RemindAsync(CancellationToken cancellationToken)
    {
        if (clocks.Look() != ClockState.Sane)
        {
            LogJumped(logger);
            return;
        }

        while (await verbs.RunAsync(null, (RemindOfVisits verb) => verb.RunAsync(cancellationToken), cancellationToken) == RemindOfVisits.Most)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        while (await verbs.RunAsync(null, (TellNotices verb) => verb.RunAsync(cancellationToken), cancellationToken) == TellNotices.Most)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

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

    [LoggerMessage(70, LogLevel.Warning, "The clock has jumped; nobody is reminded until it has been right for a while")]
    private static partial void LogJumped(ILogger logger);

    [LoggerMessage(71, LogLevel.Warning, "Notices could not be told ({Kind}); tried again in a moment")]
    private static partial void LogFailed(ILogger logger, string kind);
}

/// <summary>Puts notices together from the setting <c>Reminders__Before</c>.</summary>
internal static class NoticeHosting
{
    private const int Day = 24 * 60;

    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IServiceCollection AddNotices(this IServiceCollection services, IConfiguration settings)
    {
        var before = settings.GetSection("Reminders:Before").Get<int[]>() ?? [Day, 60];
        if (before.Length > ChangeNoticeSettings.MostReminders || before.Any(static m => m is < 5 or > 7 * Day))
        {
            throw new StartRefusedException("Reminders:Before has at most five numbers of minutes, each from 5 to 10080.");
        }

        return services.AddSingleton(new UsualReminders(before)).AddHostedService<NoticeSweep>();
    }
}
