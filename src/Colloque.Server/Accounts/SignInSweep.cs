using Colloque.Security;

namespace Colloque.Server.Accounts;

/// <summary>Runs the watch over sign-ins while the server runs.</summary>
internal sealed class SignInSweep(SignInWatch watch) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => watch.RunAsync(stoppingToken);
}
