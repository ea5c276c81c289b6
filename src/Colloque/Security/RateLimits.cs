using System.Collections.Concurrent;

namespace Colloque.Security;

/// <summary>How the limits are set.</summary>
/// <param name="Enabled">False turns every limit off: for load tests on a closed network, nowhere else.</param>
/// <param name="Rates">What differs from <see cref="Security.Rates.Default"/>.</param>
public sealed record RateLimitSettings(bool Enabled, IReadOnlyDictionary<Limit, Rate> Rates)
{
    /// <summary>All on, all as they come.</summary>
    public static readonly RateLimitSettings Default = new(Enabled: true, new Dictionary<Limit, Rate>());
}

/// <summary>
/// Token buckets in this process's memory, one for each limit and key. A full bucket is no bucket: it is forgotten, and each limit
/// keeps at most <see cref="Capacity"/>, so that a flood of keys costs a bounded amount of memory.
/// </summary>
public sealed class RateLimits
{
    /// <summary>Buckets of one limit.</summary>
    public const int Capacity = 50_000;

    private readonly Buckets[] buckets;
    private readonly TimeProvider time;
    private readonly bool enabled;

    /// <summary>Sets up every limit.</summary>
    /// <exception cref="ArgumentException">A rate below 1 at once or without refill.</exception>
    public RateLimits(RateLimitSettings settings, TimeProvider time)
    {
        (this.time, enabled) = (time, settings.Enabled);
        buckets = [.. Enum.GetValues<Limit>().Select(limit => new Buckets(settings.Rates.TryGetValue(limit, out var rate) ? rate : Rates.Default(limit), time.TimestampFrequency))];
    }

    /// <summary>Takes one from a bucket.</summary>
    /// <param name="limit">Which limit.</param>
    /// <param name="key">Of whom: a person, a sign-in.</param>
    /// <exception cref="Refusal">429, with the time after which one more is there.</exception>
    public void Take(Limit limit, Guid key) => Take(limit, new Key(key, null));

    /// <inheritdoc cref="Take(Limit, Guid)"/>
    /// <param name="limit">Which limit.</param>
    /// <param name="key">Of whom: a network, an address; of bounded length.</param>
    public void Take(Limit limit, string key) => Take(limit, new Key(Guid.Empty, key));

    /// <summary>Takes one if there is one: for signals that may be dropped without a word.</summary>
    public bool TryTake(Limit limit, Guid key) => !enabled || buckets[(int)limit].TryTake(new Key(key, null), time.GetTimestamp(), out _);

    /// <inheritdoc cref="TryTake(Limit, Guid)"/>
    public bool TryTake(Limit limit, string key) => !enabled || buckets[(int)limit].TryTake(new Key(Guid.Empty, key), time.GetTimestamp(), out _);

    /// <summary>How many buckets of a limit are not full.</summary>
    internal int Count(Limit limit) => buckets[(int)limit].Count;

    private void Take(Limit limit, Key key)
    {
        if (enabled && !buckets[(int)limit].TryTake(key, time.GetTimestamp(), out var wait))
        {
            throw new Refusal(RefusalKind.TooMany, "too_many_requests", retryAfter: TimeSpan.FromSeconds((double)wait / time.TimestampFrequency));
        }
    }

    private readonly record struct Key(Guid Id, string? Text);

    /// <summary>
    /// The generic cell rate algorithm: a bucket is one number, the moment at which it will be full again. Taking one moves it by one
    /// refill; it may not lie further ahead than a whole bucket takes to fill.
    /// </summary>
    private sealed class Buckets
    {
        private readonly ConcurrentDictionary<Key, Bucket> all = new();
        private readonly long refill;
        private readonly long whole;
        private int count;

        public Buckets(Rate rate, long frequency)
        {
            if (rate.Burst < 1 || !(rate.PerMinute > 0))
            {
                throw new ArgumentException("A limit needs a burst of at least 1 and a refill above 0.", nameof(rate));
            }

            refill = Math.Max(1, (long)(60.0 * frequency / rate.PerMinute));
            whole = refill * rate.Burst;
        }

        public int Count => Volatile.Read(ref count);

        public bool TryTake(Key key, long now, out long wait)
        {
            if (!all.TryGetValue(key, out var bucket))
            {
                bucket = Add(key, now);
            }

            var seen = Volatile.Read(ref bucket.FullAt);
            while (true)
            {
                var next = Math.Max(seen, now) + refill;
                wait = next - now - whole;
                if (wait > 0)
                {
                    return false;
                }

                var before = Interlocked.CompareExchange(ref bucket.FullAt, next, seen);
                if (before == seen)
                {
                    return true;
                }

                seen = before;
            }
        }

        private Bucket Add(Key key, long now)
        {
            var fresh = new Bucket { FullAt = now };
            var bucket = all.GetOrAdd(key, fresh);
            if (ReferenceEquals(bucket, fresh) && Interlocked.Increment(ref count) > Capacity)
            {
                MakeRoom(key, now);
            }

            return bucket;
        }

        /// <summary>Full buckets go first; if none are, a tenth of the others, so that a flood does not make every newcomer pay for the walk.</summary>
        private void MakeRoom(Key newest, long now)
        {
            foreach (var (key, bucket) in all)
            {
                if (Volatile.Read(ref bucket.FullAt) <= now && key != newest)
                {
                    Remove(key);
                }
            }

            foreach (var (key, _) in all)
            {
                if (Count <= Capacity * 9 / 10)
                {
                    return;
                }

                if (key != newest)
                {
                    Remove(key);
                }
            }
        }

        private void Remove(Key key)
        {
            if (all.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref count);
            }
        }
    }

    private sealed class Bucket
    {
        public long FullAt;
    }
}
