using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Colloque.Reports;

/// <summary>Whoever reads a report: where their months end, and their language.</summary>
/// <param name="Zone">Of their practice or organization; else the installation's.</param>
/// <param name="Language">fr, en or es.</param>
internal sealed record Reader(DateTimeZone Zone, string Language)
{
    /// <summary>One statement.</summary>
    internal static async Task<Reader> FindAsync(ColloqueDb db, ReportSettings settings, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>($"""select time_zone as "TimeZone", language as "Language" from usage_reader()""").ToListAsync(cancellationToken);
        return rows is [var row] ? new(settings.Zone(row.TimeZone), row.Language) : new(settings.Zone(null), "en");
    }

    private sealed record Row(string? TimeZone, string Language);
}
