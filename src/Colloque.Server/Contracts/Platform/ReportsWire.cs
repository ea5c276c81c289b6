using System.Text.Json.Serialization;
using Colloque.Reports;

namespace Colloque.Server.Contracts.Platform;

/// <summary>How one person used care in a month, as their organization may know it: how often and how long, and nothing else.</summary>
public sealed record EmployeeUsageLine(Guid EmployeeId, string EmployeeName, string Period, int ConsultationCount, long TotalDurationMinutes);

/// <summary>How often and how long.</summary>
public sealed record UsageTotals(long ConsultationCount, long TotalDurationMinutes)
{
    internal static UsageTotals? Of(UsageTotal? total) => total is null ? null : new(total.Consultations, total.Minutes);
}

/// <summary>A month of an organization.</summary>
/// <param name="Period">yyyy-MM.</param>
/// <param name="Closed">Frozen: it will not change. Before, there is nothing.</param>
/// <param name="Items">Lines, where the organization chose them.</param>
/// <param name="Totals">Null where it is withheld.</param>
/// <param name="Withheld">A total would tell of fewer than five people, or the organization wants none.</param>
public sealed record EmployeeUsage(string Period, bool Closed, IReadOnlyList<EmployeeUsageLine> Items, UsageTotals? Totals, bool Withheld);

/// <summary>The frozen months of one person, the newest first; none where the organization chose no lines.</summary>
public sealed record EmployeeUsageHistory(Guid EmployeeId, string EmployeeName, IReadOnlyList<EmployeeUsageLine> Items);

/// <summary>A practitioner's month.</summary>
public sealed record PracticeMonthItem(string Period, int Count, long PlannedMinutes, long ActualMinutes, int NoShows, int Cancelled);

/// <summary>A practitioner's months together.</summary>
public sealed record PracticeTotals(int Count, long PlannedMinutes, long ActualMinutes, int NoShows, int Cancelled);

/// <summary>A practitioner's months, in their time zone.</summary>
public sealed record PracticeStats(string TimeZone, IReadOnlyList<PracticeMonthItem> Months, PracticeTotals Totals)
{
    internal static PracticeStats Of(string zone, IReadOnlyList<PracticeMonth> months) => new(
        zone,
        [.. months.Select(static m => new PracticeMonthItem(m.Period, m.Count, m.PlannedMinutes, m.ActualMinutes, m.NoShows, m.Cancelled))],
        new(months.Sum(static m => m.Count), months.Sum(static m => m.PlannedMinutes), months.Sum(static m => m.ActualMinutes), months.Sum(static m => m.NoShows), months.Sum(static m => m.Cancelled)));
}

/// <summary>A visit as it is billed.</summary>
public sealed record PracticeBillingLine(DateOnly Date, string Format, int PlannedMinutes, long ActualMinutes);

/// <summary>Billed visits together.</summary>
public sealed record PracticeBillingTotals(int Count, long PlannedMinutes, long ActualMinutes);

/// <summary>A practitioner's month for billing; patients are not in it.</summary>
/// <param name="Closed">False while visits may be added.</param>
public sealed record PracticeBilling(string Period, string TimeZone, bool Closed, IReadOnlyList<PracticeBillingLine> Items, PracticeBillingTotals Totals)
{
    internal static PracticeBilling Of(BilledMonth month) => new(
        month.Period, month.TimeZone, month.IsClosed,
        [.. month.Visits.Select(static v => new PracticeBillingLine(v.Date, PlatformWords.Of(v.Format), v.PlannedMinutes, v.ActualMinutes))],
        new(month.Visits.Count, month.Visits.Sum(static v => (long)v.PlannedMinutes), month.Visits.Sum(static v => v.ActualMinutes)));
}

/// <summary>The platform's month.</summary>
/// <param name="Withheld">Figures would tell of fewer than five people.</param>
public sealed record PlatformMonthItem(string Period, long? ConsultationCount, long? TotalDurationMinutes, bool Withheld)
{
    internal static PlatformMonthItem Of(PlatformMonth month) => new(month.Period, month.Total?.Consultations, month.Total?.Minutes, month.Total is null);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(EmployeeUsage))]
[JsonSerializable(typeof(EmployeeUsageHistory))]
[JsonSerializable(typeof(PracticeStats))]
[JsonSerializable(typeof(PracticeBilling))]
internal sealed partial class ReportsJson : JsonSerializerContext;
