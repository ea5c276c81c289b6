using Microsoft.Extensions.DependencyInjection;

namespace Colloque.Files;

/// <summary>Registers what the verbs of files stand on; the verbs themselves come with the core's scan.</summary>
public static class FileServices
{
    /// <summary>Adds the embedded encrypted store.</summary>
    /// <param name="services">Where the core is, or will be, registered.</param>
    /// <param name="folder">Where objects lie; created when absent.</param>
    /// <param name="scan">Who looks for malware; nobody where null.</param>
    public static IServiceCollection AddFiles(this IServiceCollection services, string folder, VirusScanSettings? scan = null) => services
        .AddSingleton<ObjectStore>(_ => new EncryptedDisk(folder))
        .AddSingleton(scan ?? new VirusScanSettings(Endpoint: null))
        .AddSingleton<VirusScan>()
        .AddSingleton<ContentCheck>()
        .AddSingleton<StorageLinks>()
        .AddSingleton<UploadGate>()
        .AddSingleton<LinkedFiles>()
        .AddScoped<FileRows>()
        .AddScoped<PersonFileRows>()
        .AddScoped<PictureRows>();
}
