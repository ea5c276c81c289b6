using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Accounts;

/// <summary>
/// The queue of what is answered before it is looked at. Known and unknown addresses cost a request the same: one row. What follows
/// (a mail, or none) happens afterwards, in the background of any node, and survives a crash.
/// </summary>
public sealed class AccountRequests(ColloqueDatabase database, AccountSeal seal, TimeProvider time) : IDisposable
{
    /// <summary>How long a request that is being worked on is out of others' reach; doubled with each failure.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Failures until a request is given up.</summary>
    private const int MostTries = 8;

    private readonly SemaphoreSlim news = new(0);

    /// <summary>One statement.</summary>
    internal async Task AddAsync(AccountRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await database.ExecuteAsync(
            null, "select accounts_request($1, $2, $3)", [new() { Value = id }, new() { Value = seal.SealRequest(id, request.ToBytes()) }, new() { Value = now }], cancellationToken);
        news.Release();
    }

    /// <summary>Until something was added here, or the time is over (another node may have added, or left behind).</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => news.WaitAsync(most, cancellationToken);

    /// <summary>Does the next one that is due; false when none is.</summary>
    /// <param name="verbs">Runs the work in a unit of its own.</param>
    /// <param name="cancellationToken">Leaves the request to another time.</param>
    public async Task<bool> DoNextAsync(Verbs verbs, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        (Guid Id, byte[] Sealed, int Tries)? next = null;
        await database.ReadAsync(
            null, "select id, sealed, tries from accounts_take_request($1, $2)", [new() { Value = now }, new() { Value = now + Lease }],
            r => next = (r.GetGuid(0), r.GetFieldValue<byte[]>(1), r.GetInt32(2)), cancellationToken);
        if (next is not { } taken)
        {
            return false;
        }

        var request = taken.Tries <= MostTries && seal.OpenRequest(taken.Id, taken.Sealed) is { } content ? AccountRequest.From(content) : null;
        await verbs.RunAsync(null, (DoAccountRequest verb) => verb.RunAsync(taken.Id, request, cancellationToken), cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => news.Dispose();
}
