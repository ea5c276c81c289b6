using System.Collections.Concurrent;

namespace Colloque.Server.Operations;

/// <summary>What this process measured of messages about records since it started (document 003's metrics). No person and no conversation is in it.</summary>
internal sealed class MessagingNumbers(TimeProvider time)
{
    /// <summary>Codes that are counted each by itself; others count as one.</summary>
    private const int MaxCodes = 64;

    private readonly ConcurrentDictionary<string, long> refused = new(StringComparer.Ordinal);

    /// <summary>From a request to its commit, seconds.</summary>
    internal Histogram Latency { get; } = new([0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]);

    /// <summary>From a message to the other side's answer, seconds.</summary>
    internal Histogram Response { get; } = new([60, 300, 900, 3_600, 14_400, 43_200, 86_400, 259_200, 604_800]);

    /// <summary>What was refused, by code.</summary>
    internal IEnumerable<KeyValuePair<string, long>> Refusals => refused.OrderBy(static r => r.Key, StringComparer.Ordinal);

    /// <summary>To be given back to <see cref="Sent"/>.</summary>
    internal long Now => time.GetTimestamp();

    /// <summary>A message was sent.</summary>
    /// <param name="began"><see cref="Now"/> at the request's beginning.</param>
    /// <param name="after">How long the other side's last message had waited; null where it answers nothing.</param>
    internal void Sent(long began, TimeSpan? after)
    {
        Latency.Observe(time.GetElapsedTime(began).TotalSeconds);
        if (after is { } waited && waited >= TimeSpan.Zero)
        {
            Response.Observe(waited.TotalSeconds);
        }
    }

    /// <summary>Something was refused.</summary>
    internal void Refused(string code) => refused.AddOrUpdate(refused.Count < MaxCodes || refused.ContainsKey(code) ? code : "other", 1, static (_, count) => count + 1);
}

/// <summary>Counts observations by size, as Prometheus does: each bound counts all that is not above it.</summary>
internal sealed class Histogram(double[] bounds)
{
    private readonly long[] counts = new long[bounds.Length + 1];
    private readonly Lock gate = new();
    private double sum;

    /// <summary>Adds one.</summary>
    internal void Observe(double value)
    {
        var place = Array.FindIndex(bounds, b => value <= b);
        lock (gate)
        {
            counts[place < 0 ? bounds.Length : place]++;
            sum += value;
        }
    }

    /// <summary>Bounds with what lies at or under each, the last without end; and the sum of all.</summary>
    internal ((double Bound, long Count)[] Buckets, double Sum) Read()
    {
        lock (gate)
        {
            var running = 0L;
            return ([.. counts.Select((count, i) => (i < bounds.Length ? bounds[i] : double.PositiveInfinity, running += count))], sum);
        }
    }
}
