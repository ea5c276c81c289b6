namespace Colloque.Records;

/// <summary>The caller's records: those written for them, or by them.</summary>
public sealed class ListRecords(RecordRows rows)
{
    /// <summary>One page, newest first. Two queries.</summary>
    /// <param name="kind">Which kind; null for both.</param>
    /// <param name="patient">Of whom; null for everybody.</param>
    /// <param name="after">The end of the page before; null for the first.</param>
    /// <param name="most">1..100.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">403 administrators; 422 <c>limit</c>.</exception>
    public async Task<RecordList> RunAsync(RecordKind? kind, Guid? patient, (DateTimeOffset At, Guid Id)? after, int most, CancellationToken cancellationToken)
    {
        if (most is < 1 or > 100)
        {
            throw Refusal.Invalid("limit");
        }

        string[] kinds = kind is { } one ? [one.ToString()] : Enum.GetNames<RecordKind>();
        var (at, id) = after ?? (DateTimeOffset.MaxValue.AddYears(-1), Guid.AllBitsSet);
        var found = await rows.ManyAsync(kinds, patient, at, id, most + 1, cancellationToken);
        return found.Count <= most ? new(found, null) : new([.. found.Take(most)], (found[most - 1].CreatedAt, found[most - 1].Id));
    }
}

/// <summary>One of the caller's records, with every version.</summary>
public sealed class GetRecord(RecordRows rows)
{
    /// <exception cref="Refusal">403 administrators; 404 not the caller's.</exception>
    public Task<RecordView> RunAsync(Guid id, CancellationToken cancellationToken) => rows.OneAsync(id, cancellationToken);
}
