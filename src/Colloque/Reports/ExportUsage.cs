using NodaTime;

namespace Colloque.Reports;

/// <summary>Begins an export of a month of the caller's organization: whether there is one, and the first of its lines.</summary>
public sealed class ExportUsage(GetUsage month, ListUsage lines)
{
    /// <summary>Four statements; two more where months have become due. The lines that follow are <see cref="ListUsage"/>'s.</summary>
    /// <param name="period">Null: the last that is over.</param>
    /// <param name="most">Lines; 1 or more.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 409 <c>period_not_closed</c>.</exception>
    public async Task<(UsageMonth Month, IReadOnlyList<UsageLine> Lines)> RunAsync(YearMonth? period, int most, CancellationToken cancellationToken)
    {
        var found = await month.RunAsync(period, cancellationToken);
        return found.IsClosed ? (found, await lines.RunAsync(Months.Parse(found.Period), null, most, cancellationToken)) : throw ReportRefusals.NotClosed();
    }
}
