using Colloque.Storage;

namespace Colloque.Operations;

/// <summary>How many there are of something.</summary>
/// <param name="Name">Of what: organizations, users, consultations, …</param>
/// <param name="Label">Of which kind: a status, a role.</param>
/// <param name="Value">How many; counts of care are rounded down to tens.</param>
public sealed record Count(string Name, string Label, long Value);

/// <summary>Counts what there is in the whole installation: numbers, never rows.</summary>
public sealed class CountEverything(ColloqueDatabase database, CallerScope scope)
{
    /// <summary>One statement; empty for whoever does not run the platform.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<IReadOnlyList<Count>> RunAsync(CancellationToken cancellationToken)
    {
        var counts = new List<Count>();
        await database.ReadAsync(
            scope.Required, "select name, label, value from operations_counts() union all select name, label, value from messaging_counts() order by name, label", [], r => counts.Add(new(r.GetString(0), r.GetString(1), r.GetInt64(2))), cancellationToken);
        return counts;
    }
}
