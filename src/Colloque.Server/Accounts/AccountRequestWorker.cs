using Colloque.Accounts;
using Colloque.Storage;

namespace Colloque.Server.Accounts;

/// <summary>Does, in the background of every node, what registrations and forgotten passwords ask for.</summary>
internal sealed partial class AccountRequestWorker(AccountRequests requests, Verbs verbs, ILogger<AccountRequestWorker> logger) : BackgroundService
{
    /// <summary>How often to look for what others left behind.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await WorkAsync(stoppingToken);
                await requests.WaitAsync(Every, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; what is left is taken up at the next start.
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await requests.DoNextAsync(verbs, cancellationToken))
            {
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e.GetType().Name);
        }
    }

    [LoggerMessage(45, LogLevel.Warning, "A request about an account could not be done ({Kind}); tried again later")]
    private static partial void LogFailed(ILogger logger, string kind);
}
