using System.Diagnostics;
using System.Numerics;

namespace Colloque.Load.Measure;

/// <summary>Times, counted in buckets of at most 1.6 % width; no memory per sample.</summary>
internal sealed class Histogram
{
    private const int Fine = 6;
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly long[] counts = new long[(64 - Fine) << Fine];

    /// <summary>How many times were counted.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, in milliseconds.</summary>
    public double Max { get; private set; }

    /// <summary>Counts one time, in <see cref="Stopwatch"/> ticks; a negative one counts as none.</summary>
    public void Add(long ticks)
    {
        var nanoseconds = (ulong)(Math.Max(0, ticks) * NanosecondsPerTick);
        counts[Bucket(nanoseconds)]++;
        Count++;
        Max = Math.Max(Max, nanoseconds / 1e6);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(counts);
        Count = 0;
        Max = 0;
    }

    /// <summary>The time, in milliseconds, that this share of all (0..1) did not exceed; 0 when none was counted.</summary>
    public double At(double share)
    {
        var wanted = (long)Math.Ceiling(share * Count);
        long seen = 0;
        for (var i = 0; i < counts.Length && Count > 0; i++)
        {
            seen += counts[i];
            if (seen >= Math.Max(1, wanted))
                return Math.Min(Max, UpperEdge(i) / 1e6);
        }

        return 0;
    }

    private static int Bucket(ulong value)
    {
        var magnitude = Math.Max(0, 63 - BitOperations.LeadingZeroCount(value | 1) - Fine);
        return Math.Min((magnitude << Fine) + (int)(value >> magnitude), ((64 - Fine) << Fine) - 1);
    }

    // Below 2^7 a bucket holds one value; from there on, the bucket of magnitude m and mantissa f (64..127) is 2^m wide.
    private static double UpperEdge(int bucket)
    {
        if (bucket < 2 << Fine)
            return bucket;
        var magnitude = (bucket >> Fine) - 1;
        return Math.ScaleB((1 << Fine) + (bucket & ((1 << Fine) - 1)) + 1, magnitude) - 1;
    }
}
