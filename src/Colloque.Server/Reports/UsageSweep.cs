using Colloque.Reports;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Reports;

/// <summary>
/// Freezes months that are over, whether or not anybody asks for them: each process looks, and what one has frozen the others leave alone. None while the clock
/// cannot be believed.
/// </summary>
internal sealed partial class UsageSweep(Verbs verbs, TimeProvider time, ILogger<UsageSweep> logger) : Sweep(TimeSpan.FromHours(1), time, logger)
{
    private readonly ILogger<UsageSweep> log = logger;

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        var frozen = await verbs.RunAsync(null, (FreezeMonths verb) => verb.RunAsync(cancellationToken), cancellationToken);
        if (frozen > 0)
        {
            LogFrozen(log, frozen);
        }
    }

    [LoggerMessage(120, LogLevel.Information, "{Count} months of organizations were frozen")]
    private static partial void LogFrozen(ILogger logger, int count);
}
