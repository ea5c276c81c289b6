namespace Colloque.Reports;

/// <summary>Freezes every organization's months that are over, and then the platform's.</summary>
public sealed class FreezeMonths(MonthFreeze freeze)
{
    /// <summary>Two statements, and one more for each organization that has something to count. Answers with how many months were frozen.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken) => freeze.FreezeAsync(null, cancellationToken);
}
