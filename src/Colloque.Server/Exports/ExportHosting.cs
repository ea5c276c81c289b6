using Colloque.Exports;
using Colloque.Storage;

namespace Colloque.Server.Exports;

/// <summary>Puts exports into the server.</summary>
internal static class ExportHosting
{
    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static void AddExports(this IServiceCollection services, IConfiguration settings)
    {
        var export = settings.GetSection("Export").Get<ExportSettings>() ?? new();
        if (export.PdfTimeout < TimeSpan.FromSeconds(1) || export.PdfTimeout > TimeSpan.FromHours(1))
        {
            throw new StartRefusedException("Export__PdfTimeout is a time of a second to an hour, as hh:mm:ss.");
        }

        services.AddSingleton(export).AddScoped<TakeCopy>().AddScoped<ExportArchive>();
    }
}
