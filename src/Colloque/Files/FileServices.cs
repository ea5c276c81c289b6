using Microsoft.Extensions.DependencyInjection;

namespace Colloque.Files;

/// <summary>Registers what the verbs of files stand on; the verbs themselves come with the core's scan.</summary>
public static class FileServices
{
    /// <summary>Adds the embedded encrypted store.</summary>
    /// <param name="services">Where the core is, or will be, registered.</param>
    /// <param name="folder">Where objects lie; created when absent.</param>
    public static IServiceCollection AddFiles(this IServiceCollection services, string folder) => services
        .AddSingleton(_ => new EncryptedDisk(folder))
        .AddSingleton<StorageLinks>()
        .AddSingleton<ChatFileLinks>()
        .AddSingleton<UploadGate>()
        .AddSingleton<LinkedFiles>()
        .AddScoped<PersonFileRows>()
        .AddScoped<PictureRows>();
}
