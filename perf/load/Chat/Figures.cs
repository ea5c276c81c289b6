using System.Diagnostics;
using Colloque.Load.Measure;

namespace Colloque.Load.Chat;

/// <summary>What is counted while a run is being measured.</summary>
internal sealed class Figures
{
    private readonly SortedDictionary<string, int> errors = new(StringComparer.Ordinal);
    private long lastAck;
    private long longestSilence;

    /// <summary>Whether the warm-up is over and the end not yet reached.</summary>
    public bool Measuring { get; set; }

    /// <summary>Acks in that time.</summary>
    public long Acked { get; private set; }

    /// <summary>Messages that reached the other side in that time.</summary>
    public long Delivered { get; private set; }

    /// <summary>From the (intended) sending to the ack.</summary>
    public Histogram AckTimes { get; } = new();

    /// <summary>From the (intended) sending to the other side's receipt.</summary>
    public Histogram DeliveryTimes { get; } = new();

    /// <summary>Connections that were lost and made again.</summary>
    public int Reconnects { get; set; }

    /// <summary>Messages sent again under the same id.</summary>
    public int Repeated { get; set; }

    /// <summary>Refusals and losses by code, over the whole run.</summary>
    public IReadOnlyDictionary<string, int> Errors => errors;

    /// <summary>The longest time in which nobody got an ack, over the whole run, in milliseconds: how long a failure is felt.</summary>
    public double LongestSilence => longestSilence * 1e3 / Stopwatch.Frequency;

    /// <summary>An ack came, now, after so many ticks.</summary>
    public void OnAcked(long now, long ticks)
    {
        longestSilence = Math.Max(longestSilence, lastAck == 0 ? 0 : now - lastAck);
        lastAck = now;
        if (!Measuring)
            return;
        Acked++;
        AckTimes.Add(ticks);
    }

    /// <summary>A message reached the other side after so many ticks.</summary>
    public void OnDelivered(long ticks)
    {
        if (!Measuring)
            return;
        Delivered++;
        DeliveryTimes.Add(ticks);
    }

    /// <summary>Something went wrong.</summary>
    public void OnError(string code) => errors[code] = errors.GetValueOrDefault(code) + 1;
}
