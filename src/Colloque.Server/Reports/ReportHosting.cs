using Colloque.Reports;
using Colloque.Storage;

namespace Colloque.Server.Reports;

/// <summary>Puts reports together.</summary>
internal static class ReportHosting
{
    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IServiceCollection AddReports(this IServiceCollection services, IConfiguration settings)
    {
        var reports = settings.GetSection("Reports").Get<ReportSettings>() ?? new();
        return reports.IsSound ? services.AddSingleton(reports) : throw new StartRefusedException("Reports:TimeZone must be an IANA time zone, and Reports:FreezeAfter 0 to 28 days.");
    }
}
