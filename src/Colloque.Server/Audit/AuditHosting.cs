using System.Globalization;
using Colloque.Audit;
using Colloque.Security;
using Colloque.Server.Hosting;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Audit;

/// <summary>Where the audit's checkpoints and its public key go.</summary>
/// <param name="PublicKey">The file with the public key; verifiers take it from here, once, and keep it elsewhere.</param>
/// <param name="Checkpoints">A folder for the hourly checkpoints, best on another machine; null: they stay in the database alone.</param>
internal sealed record AuditPlaces(string PublicKey, string? Checkpoints);

/// <summary>Puts the audit into the server.</summary>
internal static class AuditHosting
{
    internal static void AddAudit(this IServiceCollection services, DataFolder folder, IConfiguration settings) => services
        .AddSingleton(new AuditPlaces(folder.AuditPublicKey, settings["Audit:CheckpointFolder"]))
        .AddSingleton<AuditRequests>().AddHostedService<AuditWriting>().AddHostedService<AuditSealing>();

    /// <summary>Between routing and the endpoints.</summary>
    internal static void UseAudit(this WebApplication app)
    {
        var requests = app.Services.GetRequiredService<AuditRequests>();
        app.Use(requests.RunAsync);
    }
}

/// <summary>Writes what waits, while the server runs; and the rest when it stops.</summary>
internal sealed class AuditWriting(AuditTrail trail) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => trail.KeepWritingAsync(stoppingToken);
}

/// <summary>Seals what has been written, twice a second, and keeps the hourly checkpoints elsewhere.</summary>
internal sealed partial class AuditSealing(Verbs verbs, AuditKeys keys, AuditPlaces places, TimeProvider time, ILogger<AuditSealing> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        PublishKey();
        if (places.Checkpoints is { } folder)
        {
            Places.MakeFolder(folder, Places.OwnerOnly);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await PassAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops; what it still writes is sealed at its next start.
        }
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        try
        {
            SealingPass pass;
            do
            {
                pass = await verbs.RunAsync(null, (SealAudit verb) => verb.RunAsync(cancellationToken), cancellationToken);
                if (pass.Whole is { } whole)
                {
                    await KeepAsync(whole, cancellationToken);
                }
            }
            while (pass.Rows == SealAudit.MostRows);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e.GetType().Name);
        }
    }

    private async Task KeepAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        if (places.Checkpoints is not { } folder)
        {
            return;
        }

        try
        {
            var path = Path.Combine(folder, $"audit-{checkpoint.Number.ToString("D12", CultureInfo.InvariantCulture)}.json");
            await File.WriteAllTextAsync(path + ".new", checkpoint.ToFile(), cancellationToken);
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(logger, checkpoint.Number, e.GetType().Name);
        }
    }

    /// <summary>Adds this key to the file; those of master keys before stay, for what they signed.</summary>
    private void PublishKey()
    {
        var known = File.Exists(places.PublicKey) ? File.ReadAllText(places.PublicKey) : "";
        if (!known.Contains(keys.PublicPem, StringComparison.Ordinal))
        {
            File.AppendAllText(places.PublicKey, keys.PublicPem);
        }
    }

    [LoggerMessage(62, LogLevel.Error, "The audit could not be sealed ({Kind}); tried again")]
    private static partial void LogFailed(ILogger logger, string kind);

    [LoggerMessage(63, LogLevel.Error, "Checkpoint {Number} of the audit could not be written to its folder ({Kind})")]
    private static partial void LogNotKept(ILogger logger, long number, string kind);
}
