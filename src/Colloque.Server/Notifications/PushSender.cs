using System.Collections.Concurrent;
using Colloque.Notifications;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Notifications;

/// <summary>Empties the queue of pushes: looks every second, sends a few at once, writes down what became of them. No transaction is open while it waits for others' servers.</summary>
internal sealed partial class PushSender(Verbs verbs, PushCarrier carrier, TimeProvider time, ILogger<PushSender> logger) : Sweep(TimeSpan.FromSeconds(1), time, logger)
{
    private const int AtOnce = 8;

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken) => await DrainAsync(ClaimPushes.Most, () => SendAsync(cancellationToken), cancellationToken);

    private async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var pushes = await verbs.RunAsync(null, (ClaimPushes verb) => verb.RunAsync(cancellationToken), cancellationToken);
        if (pushes.Count == 0)
        {
            return 0;
        }

        var (done, gone) = (new ConcurrentBag<Guid>(), new ConcurrentBag<Guid>());
        await Parallel.ForEachAsync(pushes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (push, ct) =>
        {
            var outcome = await carrier.SendAsync(push, ct);
            switch (outcome)
            {
                case PushOutcome.Taken:
                    done.Add(push.Id);
                    break;
                case PushOutcome.Gone:
                    gone.Add(push.Id);
                    break;
                case PushOutcome.Refused:
                    done.Add(push.Id);
                    LogFailed(logger, push.Id, outcome, push.Attempt);
                    break;
                default:
                    LogFailed(logger, push.Id, outcome, push.Attempt);
                    break;
            }
        });
        await verbs.RunAsync(null, (SettlePushes verb) => verb.RunAsync([.. done], [.. gone], cancellationToken), cancellationToken);
        return pushes.Count;
    }

    [LoggerMessage(70, LogLevel.Information, "Push {Id} was not taken ({Outcome}, attempt {Attempt})")]
    private static partial void LogFailed(ILogger logger, Guid id, PushOutcome outcome, int attempt);
}
