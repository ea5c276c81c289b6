using Colloque.Operations;
using Colloque.Storage;

namespace Colloque.Server.Operations;

/// <summary>Keeps the last count for a while: whoever watches asks more often than anything changes.</summary>
internal sealed class Census(Verbs verbs, TimeProvider time) : IDisposable
{
    /// <summary>How old a count may be.</summary>
    internal static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim counting = new(1, 1);
    private volatile Taken? last;

    /// <summary>The counts, at most <see cref="GoodFor"/> old.</summary>
    /// <exception cref="Refusal">503.</exception>
    internal async Task<IReadOnlyList<Count>> TakeAsync(CancellationToken cancellationToken)
    {
        await counting.WaitAsync(cancellationToken);
        try
        {
            if (last is not { } taken || time.GetElapsedTime(taken.At) > GoodFor)
            {
                var at = time.GetTimestamp();
                last = taken = new(at, await verbs.RunAsync(ServerItself.Caller, (CountEverything verb) => verb.RunAsync(cancellationToken), cancellationToken));
            }

            return taken.Counts;
        }
        finally
        {
            counting.Release();
        }
    }

    public void Dispose() => counting.Dispose();

    private sealed record Taken(long At, IReadOnlyList<Count> Counts);
}
