namespace Colloque.Reports;

/// <summary>What an organization's administrators are told of how its people use care.</summary>
public enum UsageReportForm
{
    /// <summary>A line a person and month, and the month's total.</summary>
    PerEmployee,

    /// <summary>The month's total.</summary>
    TotalsOnly,

    /// <summary>Nothing.</summary>
    Off,
}
