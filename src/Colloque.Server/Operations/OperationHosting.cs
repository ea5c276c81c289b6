using Colloque.Operations;
using Colloque.Server.Hosting;

namespace Colloque.Server.Operations;

/// <summary>Puts operations together.</summary>
internal static class OperationHosting
{
    internal static IServiceCollection AddOperations(this IServiceCollection services, Installation installation, IConfiguration settings) => services
        .AddSingleton(installation.Folder).AddSingleton<BackupRows>().AddSingleton<Vitals>().AddSingleton<Census>().AddSingleton<SystemHealth>()
        .AddSingleton(s => new BackupWriter(installation.Folder, installation.Setup, settings, s.GetRequiredService<TimeProvider>()))
        .AddSingleton<Backups>();
}
