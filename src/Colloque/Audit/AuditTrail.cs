using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Colloque.Audit;

/// <summary>
/// Where rows of the audit wait to be written: in this process's memory, for a fraction of a second, many in one statement. Who adds a row
/// to a full queue waits, so that nothing is done that is not noted. What must not be lost waits until it is written
/// (<see cref="RecordNowAsync"/>); of the rest, a process that is killed loses what waited.
/// </summary>
public sealed partial class AuditTrail(AuditRows rows, TimeProvider time, ILogger<AuditTrail> logger) : IDisposable
{
    /// <summary>How many rows may wait.</summary>
    public const int Capacity = 10_000;

    /// <summary>How often what waits is written.</summary>
    public static readonly TimeSpan FlushEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one row stands for all reads of one thing by one person.</summary>
    public static readonly TimeSpan OneReadFor = TimeSpan.FromHours(1);

    private const int MaxBatch = 500;
    private const int MaxRemembered = 100_000;

    private readonly Channel<AuditEntry> queue = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly ConcurrentDictionary<(Guid Actor, string Resource, Guid Thing), DateTimeOffset> read = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<AuditEntry> batch = new(MaxBatch);

    /// <summary>Notes something. Not cancelled with its request: who hangs up is noted all the same.</summary>
    public ValueTask RecordAsync(AuditEntry entry)
    {
        if (entry.Once && IsKnownRead(entry))
        {
            return ValueTask.CompletedTask;
        }

        return queue.Writer.TryWrite(entry) ? ValueTask.CompletedTask : queue.Writer.WriteAsync(entry, CancellationToken.None);
    }

    /// <summary>
    /// Notes something, and waits until it is written: one statement, shared by all who come while the one before is under way. Where the database
    /// does not answer, the row waits on as others do, because what it tells of has happened.
    /// </summary>
    public async ValueTask RecordNowAsync(AuditEntry entry)
    {
        if (entry.Once && IsKnownRead(entry))
        {
            return;
        }

        await queue.Writer.WriteAsync(entry, CancellationToken.None);
        await TryFlushAsync(CancellationToken.None);
    }

    /// <summary>Writes all that waits.</summary>
    /// <exception cref="Refusal">503: nothing is lost, what could not be written waits on.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (Fill())
            {
                await rows.AppendAsync(batch, cancellationToken);
                batch.Clear();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Writes what waits again and again until cancelled, and then all that is left.</summary>
    public async Task KeepWritingAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(FlushEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryFlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; what the last requests left is written below.
        }

        await TryFlushAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, queue.Reader.Count + batch.Count, e.GetType().Name);
        }
    }

    /// <summary>What a failed write left in the batch is in it still.</summary>
    private bool Fill()
    {
        while (batch.Count < MaxBatch && queue.Reader.TryRead(out var entry))
        {
            batch.Add(entry);
        }

        return batch.Count > 0;
    }

    private bool IsKnownRead(AuditEntry entry)
    {
        if (entry is not { ActorId: { } actor, ResourceId: { } thing })
        {
            return false;
        }

        var key = (actor, entry.Resource, thing);
        if (read.TryGetValue(key, out var last) && entry.At - last < OneReadFor)
        {
            return true;
        }

        if (read.Count >= MaxRemembered)
        {
            // Rare and harmless: the database knows the rows too, and takes none twice.
            read.Clear();
        }

        read[key] = entry.At;
        return false;
    }

    [LoggerMessage(60, LogLevel.Error, "{Count} rows of the audit could not be written yet ({Kind}); tried again")]
    private static partial void LogFailed(ILogger logger, int count, string kind);
}
