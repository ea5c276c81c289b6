using Colloque.Conversations;
using Colloque.Retention;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Retention;

/// <summary>Puts retention into the server.</summary>
internal static class RetentionHosting
{
    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static void AddRetention(this IServiceCollection services, IConfiguration settings)
    {
        var retention = new RetentionSettings
        {
            ArchiveAfterDays = settings.GetValue("Conversations:ArchiveAfterDays", 30),
            Purge = settings.GetValue("Retention:Purge", true),
            Every = settings.GetValue("Retention:Every", TimeSpan.FromMinutes(10)),
        };
        foreach (var years in settings.GetSection("Retention:Years").GetChildren())
        {
            // A mistyped kind would leave the law's own at its default, unseen.
            retention.Years[Enum.TryParse<ConversationKind>(years.Key, out var kind) && Enum.IsDefined(kind) ? kind : throw Unsound()] = int.TryParse(years.Value, out var count) ? count : throw Unsound();
        }

        services.AddSingleton(retention.IsSound ? retention : throw Unsound()).AddHostedService<RetentionSweep>();
    }

    private static StartRefusedException Unsound() => new(
        "Conversations__ArchiveAfterDays is 0 to 3650 days, Retention__Every a second to a day, and Retention__Years__Consultation, __Direct, __Prescription and __Exam are 1 to 150 years.");
}

/// <summary>Puts away what is silent and erases what is over; neither while the clock cannot be believed.</summary>
internal sealed partial class RetentionSweep(Verbs verbs, IServiceScopeFactory scopes, ClockWatch clocks, RetentionSettings settings, TimeProvider time, ILogger<RetentionSweep> logger)
    : Sweep(settings.Every, time, logger)
{
    private readonly ILogger<RetentionSweep> log = logger;

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        if (clocks.Look())
        {
            await TryAsync(ArchiveAsync, cancellationToken);
        }

        await TryAsync(PurgeAsync, cancellationToken);
    }

    private Task ArchiveAsync(CancellationToken cancellationToken)
    {
        var silent = new PutAwaySilent(verbs);
        return DrainAsync(FindSilent.Most, () => silent.RunAsync(cancellationToken), cancellationToken);
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var gone = await scope.ServiceProvider.GetRequiredService<PurgeConversations>().RunAsync(cancellationToken);
        if (gone > 0)
        {
            LogGone(log, gone);
        }
    }

    [LoggerMessage(132, LogLevel.Information, "{Count} conversations whose time was over were erased")]
    private static partial void LogGone(ILogger logger, int count);
}
