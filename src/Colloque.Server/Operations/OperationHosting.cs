using Colloque.Operations;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Operations;

/// <summary>Puts operations together.</summary>
internal static class OperationHosting
{
    /// <summary>Of a token that whoever reaches the port may try.</summary>
    private const int FewestCharacters = 16;

    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IServiceCollection AddOperations(this IServiceCollection services, Installation installation, IConfiguration settings)
    {
        if (settings["Metrics:Token"] is { Length: > 0 and < FewestCharacters })
        {
            throw new StartRefusedException($"Metrics:Token must have at least {FewestCharacters} characters.");
        }

        return services.AddSingleton(installation.Folder).AddSingleton<BackupRows>().AddSingleton<Vitals>().AddSingleton<MessagingNumbers>().AddSingleton<Census>().AddSingleton<SystemHealth>()
            .AddSingleton(s => new BackupWriter(installation.Folder, installation.Setup, settings, s.GetRequiredService<TimeProvider>()))
            .AddSingleton<Backups>();
    }
}
