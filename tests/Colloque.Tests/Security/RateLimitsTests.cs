using Colloque.Security;
using Colloque.Tests.Accounts;
using Xunit;

namespace Colloque.Tests.Security;

public sealed class RateLimitsTests
{
    private static readonly Guid Someone = Guid.CreateVersion7();

    private readonly ManualClock clock = new();

    [Fact]
    public void Every_limit_has_a_rate() => Assert.All(Enum.GetValues<Limit>(), static limit => Assert.True(Rates.Default(limit) is { Burst: >= 1, PerMinute: > 0 }));

    [Fact]
    public void A_bucket_gives_its_burst_and_then_one_a_refill()
    {
        var limits = With(new Rate(3, 60));
        Take(limits, 3);

        var refusal = Assert.Throws<Refusal>(() => limits.Take(Limit.ChatSend, Someone));
        Assert.Equal((RefusalKind.TooMany, "too_many_requests", TimeSpan.FromSeconds(1)), (refusal.Kind, refusal.Code, refusal.RetryAfter));
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(limits.TryTake(Limit.ChatSend, Someone));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(limits.TryTake(Limit.ChatSend, Someone));
        Assert.False(limits.TryTake(Limit.ChatSend, Someone));
    }

    [Fact]
    public void A_refused_try_costs_nothing()
    {
        var limits = With(new Rate(1, 60));
        Take(limits, 1);
        for (var i = 0; i < 100; i++)
        {
            Assert.False(limits.TryTake(Limit.ChatSend, Someone));
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        Take(limits, 1);
    }

    [Fact]
    public void However_long_one_is_quiet_a_bucket_holds_no_more_than_its_burst()
    {
        var limits = With(new Rate(3, 60));
        Take(limits, 1);
        clock.Advance(TimeSpan.FromDays(1));
        Take(limits, 3);

        Assert.False(limits.TryTake(Limit.ChatSend, Someone));
    }

    [Fact]
    public void One_persons_bucket_is_not_anothers_and_one_limit_not_another()
    {
        var limits = With(new Rate(1, 60));
        Take(limits, 1);

        Assert.True(limits.TryTake(Limit.ChatSend, Guid.CreateVersion7()));
        Assert.True(limits.TryTake(Limit.ChatTyping, Someone));
        limits.Take(Limit.ChatSend, "a network");
        Assert.Throws<Refusal>(() => limits.Take(Limit.ChatSend, "a network"));
    }

    [Fact]
    public void Many_at_once_get_the_burst_and_no_more()
    {
        var limits = With(new Rate(50, 1));

        Assert.Equal(50, Enumerable.Range(0, 400).AsParallel().WithDegreeOfParallelism(8).Count(_ => limits.TryTake(Limit.ChatSend, Someone)));
    }

    [Fact]
    public void Turned_off_nothing_is_limited()
    {
        var limits = new RateLimits(new(Enabled: false, new Dictionary<Limit, Rate> { [Limit.ChatSend] = new(1, 1) }), clock);
        Take(limits, 10_000);
        Assert.Equal(0, limits.Count(Limit.ChatSend));
    }

    [Fact]
    public void A_flood_of_keys_costs_a_bounded_amount_of_memory_and_other_limits_nothing()
    {
        var limits = new RateLimits(RateLimitSettings.Default, clock);
        limits.Take(Limit.LoginAccount, "someone");
        for (var i = 0; i < (RateLimits.Capacity * 2) + 10; i++)
        {
            limits.Take(Limit.LoginNetwork, $"network {i}");
        }

        Assert.InRange(limits.Count(Limit.LoginNetwork), RateLimits.Capacity / 2, RateLimits.Capacity);
        Assert.Equal(1, limits.Count(Limit.LoginAccount));
    }

    [Fact]
    public void Full_buckets_are_forgotten_first()
    {
        var limits = With(new Rate(2, 60));
        for (var i = 0; i < RateLimits.Capacity - 1; i++)
        {
            limits.Take(Limit.ChatSend, $"quiet {i}");
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        Take(limits, 2);
        limits.Take(Limit.ChatSend, "newest");

        Assert.Equal(2, limits.Count(Limit.ChatSend));
        Assert.False(limits.TryTake(Limit.ChatSend, Someone));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    public void A_rate_that_lets_nothing_through_is_no_rate(int burst, double perMinute) => Assert.Throws<ArgumentException>(() => With(new Rate(burst, perMinute)));

    private RateLimits With(Rate rate) => new(new(Enabled: true, new Dictionary<Limit, Rate> { [Limit.ChatSend] = rate }), clock);

    private static void Take(RateLimits limits, int times)
    {
        for (var i = 0; i < times; i++)
        {
            limits.Take(Limit.ChatSend, Someone);
        }
    }
}
