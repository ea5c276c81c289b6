using Colloque.Notifications;
using Colloque.Storage;

namespace Colloque.Server.Mail;

/// <summary>Empties the queue while the server runs. Any number of nodes may: each takes rows that no other holds.</summary>
internal sealed partial class MailSender(Verbs verbs, IMailCarrier carrier, ClockWatch clocks, TimeProvider time, ILogger<MailSender> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private TimeSpan pause;
    private DateTimeOffset resumeAt;
    private DateTimeOffset sweepAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
            {
                if (time.GetUtcNow() >= resumeAt)
                {
                    await WorkAsync(stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops; what was being sent is sent after the next start.
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await EmptyAsync(cancellationToken);
            if (time.GetUtcNow() >= sweepAt && clocks.Look())
            {
                sweepAt = time.GetUtcNow() + SweepEvery;
                await verbs.RunAsync(null, (SweepMails verb) => verb.RunAsync(cancellationToken), cancellationToken);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The database is away, or a row broke its own sending: neither may end the loop.
            Rest(e is Refusal refusal ? refusal.Code : e.GetType().Name);
        }
    }

    private async Task EmptyAsync(CancellationToken cancellationToken)
    {
        var any = false;
        while (true)
        {
            var turn = await verbs.RunAsync(null, (SendNextMail verb) => verb.RunAsync(cancellationToken), cancellationToken);
            if (turn.MailId is not { } mail)
            {
                break;
            }

            any = true;
            if (turn.Fate == MailFate.Unreachable)
            {
                Rest(turn.Reason);
                break;
            }

            pause = TimeSpan.Zero;
            if (turn.Fate != MailFate.Sent)
            {
                LogNotSent(logger, turn.Kind, mail, turn.Fate, turn.Reason);
            }
        }

        if (any)
        {
            await carrier.RestAsync();
        }
    }

    /// <summary>2 s, then twice as long each time, 2 minutes at most.</summary>
    private void Rest(string reason)
    {
        pause = pause == TimeSpan.Zero ? TimeSpan.FromSeconds(2) : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        resumeAt = time.GetUtcNow() + pause;
        LogPaused(logger, reason, (int)pause.TotalSeconds);
    }

    [LoggerMessage(60, LogLevel.Warning, "No mail gets through ({Reason}); tried again in {Seconds} s, nothing is lost")]
    private static partial void LogPaused(ILogger logger, string reason, int seconds);

    [LoggerMessage(61, LogLevel.Warning, "The mail {Kind} {Mail} was not sent: {Fate} ({Reason})")]
    private static partial void LogNotSent(ILogger logger, string kind, Guid mail, MailFate fate, string reason);
}
