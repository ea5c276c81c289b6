using NodaTime;

namespace Colloque.Reports;

/// <summary>A month of the caller's organization with all its lines.</summary>
public sealed class ShowUsage(GetUsage month, ListUsage lines)
{
    /// <summary>Four statements; two more where months have become due.</summary>
    /// <param name="period">Null: the last that is over.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators.</exception>
    public async Task<(UsageMonth Month, IReadOnlyList<UsageLine> Lines)> RunAsync(YearMonth? period, CancellationToken cancellationToken)
    {
        var found = await month.RunAsync(period, cancellationToken);
        return (found, found.IsClosed ? await lines.RunAsync(Months.Parse(found.Period), null, int.MaxValue, cancellationToken) : []);
    }
}
