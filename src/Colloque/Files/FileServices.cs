using Microsoft.Extensions.DependencyInjection;

namespace Colloque.Files;

/// <summary>Registers what the verbs of files stand on; the verbs themselves come with the core's scan.</summary>
public static class FileServices
{
    /// <summary>Adds the store: the embedded encrypted one, or a bucket.</summary>
    /// <param name="services">Where the core is, or will be, registered.</param>
    /// <param name="folder">Where objects lie, or with a bucket are sealed before they are sent; created when absent.</param>
    /// <param name="scan">Who looks for malware; nobody where null.</param>
    /// <param name="quotas">How much people keep; the defaults where null.</param>
    /// <param name="bucket">Where objects lie instead of the disk; the disk where null.</param>
    public static IServiceCollection AddFiles(
        this IServiceCollection services, string folder, VirusScanSettings? scan = null, FileQuotas? quotas = null, S3Settings? bucket = null) => services
        .AddSingleton<ObjectStore>(_ => bucket is null ? new EncryptedDisk(folder) : new S3Store(bucket, Path.Combine(folder, "tmp")))
        .AddSingleton(scan ?? new VirusScanSettings(Endpoint: null))
        .AddSingleton(quotas ?? new FileQuotas())
        .AddSingleton<VirusScan>()
        .AddSingleton<ContentCheck>()
        .AddSingleton<StorageLinks>()
        .AddSingleton<ChatFileLinks>()
        .AddSingleton<UploadGate>()
        .AddSingleton<LinkedFiles>()
        .AddScoped<PersonFileRows>()
        .AddScoped<PictureRows>();
}
