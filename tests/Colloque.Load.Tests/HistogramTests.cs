using System.Diagnostics;
using Colloque.Load.Measure;
using Xunit;

namespace Colloque.Load.Tests;

public sealed class HistogramTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.99, 990)]
    [InlineData(0.999, 999)]
    public void A_percentile_is_right_within_the_width_of_a_bucket(double share, double milliseconds)
    {
        var times = new Histogram();
        for (var i = 1; i <= 1000; i++)
            times.Add(i * Stopwatch.Frequency / 1000);

        Assert.InRange(times.At(share), milliseconds, milliseconds * 1.016);
        Assert.Equal(1000, times.Max, 0.001);
        Assert.Equal(1000, times.Count);
    }

    [Fact]
    public void One_slow_message_in_a_thousand_shows_in_the_tail_and_not_in_the_middle()
    {
        var times = new Histogram();
        for (var i = 0; i < 998; i++)
            times.Add(Stopwatch.Frequency / 1000);
        times.Add(Stopwatch.Frequency * 3);
        times.Add(Stopwatch.Frequency * 3);

        Assert.InRange(times.At(0.99), 1, 1.02);
        Assert.InRange(times.At(0.999), 3000, 3050);
    }

    [Fact]
    public void Nothing_counted_is_zero_and_a_clock_that_stepped_back_does_no_harm()
    {
        var times = new Histogram();
        Assert.Equal(0, times.At(0.99));
        times.Add(-5);
        Assert.Equal(0, times.At(0.99));
        times.Add(long.MaxValue / 1_000_000_000);
        times.Clear();
        Assert.Equal(0, times.Count);
    }
}
