using Colloque.Notifications;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Notifications;

/// <summary>
/// Tells people what is new, once a second, and reminds them of what is near, twice a minute. While the clock cannot be believed nobody is reminded: a wrong date
/// must not write to everybody.
/// </summary>
internal sealed class NoticeSweep(Verbs verbs, ClockWatch clocks, TimeProvider time, ILogger<NoticeSweep> logger) : Sweep(TimeSpan.FromSeconds(1), time, logger)
{
    private static readonly TimeSpan RemindEvery = TimeSpan.FromSeconds(30);

    private readonly TimeProvider clock = time;
    private long remindedAt = time.GetTimestamp();

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(remindedAt) >= RemindEvery)
        {
            remindedAt = clock.GetTimestamp();
            await TryAsync(RemindAsync, cancellationToken);
        }

        await DrainAsync(TellNotices.Most, () => verbs.RunAsync(null, (TellNotices verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);
        await DrainAsync(SendDueNotices.Most, () => verbs.RunAsync(null, (SendDueNotices verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);
    }

    private async Task RemindAsync(CancellationToken cancellationToken)
    {
        if (clocks.Look())
        {
            await DrainAsync(RemindOfVisits.Most, () => verbs.RunAsync(null, (RemindOfVisits verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);
        }
    }
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
