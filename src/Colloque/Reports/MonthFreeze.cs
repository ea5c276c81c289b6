using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Reports;

/// <summary>Freezes the months that are over and have visits no month has counted yet: by what is so, not by what was told, so that any number of calls do as one.</summary>
public sealed class MonthFreeze(ColloqueDb db, ReportSettings settings, ClockWatch clocks, TimeProvider time)
{
    /// <summary>One statement where there is nothing to do; else one more an organization. Answers with how many months were frozen.</summary>
    /// <param name="organization">Null for all, and for the platform's own months.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    public async Task<int> FreezeAsync(Guid? organization, CancellationToken cancellationToken)
    {
        if (!clocks.Look())
        {
            // What is frozen stays so: a clock that jumped must not end months that are not over.
            return 0;
        }

        var now = time.GetMoment();
        var all = organization is null;
        var wanted = organization ?? Guid.Empty;
        var waiting = await db.Database.SqlQuery<Waiting>(
            $"""select organization_id as "OrganizationId", time_zone as "TimeZone", since as "Since" from usage_waiting(case when not {all} then {wanted} end, {now})""")
            .ToListAsync(cancellationToken);
        var frozen = 0;
        foreach (var one in waiting)
        {
            frozen += await FreezeAsync(one, now, cancellationToken);
        }

        if (all)
        {
            var last = Months.Text(Months.Of(now - settings.PlatformAfter, settings.Zone(null)).PlusMonths(-1));
            await db.Database.ExecuteSqlAsync($"select usage_freeze_remainders({last}, {now})", cancellationToken);
        }

        return frozen;
    }

    private async Task<int> FreezeAsync(Waiting one, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var zone = settings.Zone(one.TimeZone);
        var months = Months.Between(Months.Of(one.Since, zone), settings.LastOver(now, zone));
        if (months.Count == 0)
        {
            return 0;
        }

        string[] periods = [.. months.Select(Months.Text)];
        DateTimeOffset[] starts = [.. months.Select(m => Months.Start(m, zone))];
        DateTimeOffset[] ends = [.. months.Select(m => Months.Start(m.PlusMonths(1), zone))];
        var frozen = await db.Database.SqlQuery<int>($"""select usage_freeze({one.OrganizationId}, {periods}, {starts}, {ends}, {now}) as "Value" """).ToListAsync(cancellationToken);
        return frozen[0];
    }

    private sealed record Waiting(Guid OrganizationId, string? TimeZone, DateTimeOffset Since);
}
