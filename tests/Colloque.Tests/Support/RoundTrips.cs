using System.Diagnostics;
using System.Globalization;

namespace Colloque.Tests;

/// <summary>Counts the commands and batches that Npgsql sends to one database.</summary>
public sealed class RoundTrips : IDisposable
{
    private readonly ActivityListener listener;
    private int count;

    public RoundTrips(string database)
    {
        listener = new()
        {
            ShouldListenTo = static source => source.Name == "Npgsql",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Other tests use other databases of the same cluster at the same time.
                if (activity.TagObjects.Any(t => Convert.ToString(t.Value, CultureInfo.InvariantCulture) == database))
                {
                    Interlocked.Increment(ref count);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public int Count => Volatile.Read(ref count);

    public void Dispose() => listener.Dispose();
}
