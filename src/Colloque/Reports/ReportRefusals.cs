namespace Colloque.Reports;

/// <summary>Every way this feature says no.</summary>
internal static class ReportRefusals
{
    /// <summary>409: there is a report once the month is over.</summary>
    internal static Refusal NotClosed() => new(RefusalKind.Conflict, "period_not_closed", "period");

    /// <summary>403: an organization's own administrators choose.</summary>
    internal static Refusal FormIsTheOrganizations() => new(RefusalKind.Forbidden, "usage_report_set_by_organization", "usageReport");

    /// <summary>422: no such zone.</summary>
    internal static Refusal TimeZone() => Refusal.Invalid("timeZone", "time_zone_unknown");
}
