using Colloque.Tests.Accounts;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Colloque.Tests;

/// <summary>When the time of day is acted upon.</summary>
public sealed class ClockWatchTests
{
    private readonly ManualClock clock = new();
    private readonly ClockWatch watch;

    public ClockWatchTests() => watch = new(clock, NullLogger<ClockWatch>.Instance);

    [Fact]
    public void A_clock_that_jumped_is_never_believed_for_having_been_wrong_long_enough()
    {
        Assert.True(After(seconds: 60));
        Assert.True(After(seconds: 30 * 3600));
        Assert.False(After(seconds: 60, jump: TimeSpan.FromDays(2)));
        for (var look = 0; look < 100; look++)
        {
            Assert.False(After(seconds: 3600));
        }

        // Right again: at two looks, and for ten seconds.
        Assert.False(After(seconds: 60, jump: TimeSpan.FromDays(-2)));
        Assert.False(After(seconds: 9));
        Assert.True(After(seconds: 1));
        // Back is as wrong as forward, and one wrong look in between begins it anew.
        Assert.False(After(seconds: 60, jump: TimeSpan.FromHours(-2)));
        Assert.False(After(seconds: 60, jump: TimeSpan.FromHours(2)));
        Assert.False(After(seconds: 60, jump: TimeSpan.FromHours(2)));
        Assert.False(After(seconds: 60, jump: TimeSpan.FromHours(-2)));
        Assert.True(After(seconds: 60));
    }

    [Fact]
    public void A_clock_that_is_slowly_off_and_set_right_in_small_steps_is_believed_all_the_time()
    {
        Assert.True(After(seconds: 60, jump: TimeSpan.FromMinutes(59)));
        Assert.True(After(seconds: 60, jump: TimeSpan.FromMinutes(59)));
        Assert.True(After(seconds: 60, jump: TimeSpan.FromMinutes(-59)));
    }

    private bool After(int seconds, TimeSpan jump = default)
    {
        clock.Advance(TimeSpan.FromSeconds(seconds));
        clock.Jump(jump);
        return watch.Look();
    }
}
