using Colloque.Security;
using Colloque.Server.Accounts;
using Colloque.Storage;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Colloque.Server.Tests.Accounts;

public sealed class LimitSettingsTests
{
    [Fact]
    public void Without_settings_every_limit_is_on()
    {
        var settings = Read();

        Assert.True(settings.Enabled);
        Assert.Empty(settings.Rates);
    }

    [Fact]
    public void Limits_can_be_turned_off_for_load_tests() => Assert.False(Read(("Limits:Enabled", "false")).Enabled);

    [Fact]
    public void A_limit_that_differs_differs_in_what_is_said()
    {
        var settings = Read(("Limits:ChatSend:Burst", "7"), ("Limits:LoginAccount:PerMinute", "0.5"));

        Assert.Equal(Rates.Default(Limit.ChatSend) with { Burst = 7 }, settings.Rates[Limit.ChatSend]);
        Assert.Equal(Rates.Default(Limit.LoginAccount) with { PerMinute = 0.5 }, settings.Rates[Limit.LoginAccount]);
    }

    [Theory]
    [InlineData("Limits:Enabled", "maybe")]
    [InlineData("Limits:ChatSent:Burst", "7")]
    [InlineData("Limits:3:Burst", "7")]
    [InlineData("Limits:ChatSend:Burst", "0")]
    [InlineData("Limits:ChatSend:Burst", "-1")]
    [InlineData("Limits:ChatSend:Burst", "many")]
    [InlineData("Limits:ChatSend:PerMinute", "0")]
    [InlineData("Limits:ChatSend:PerMinute", "NaN")]
    public void What_makes_no_sense_keeps_the_server_from_starting(string key, string value) => Assert.Throws<StartRefusedException>(() => Read((key, value)));

    private static RateLimitSettings Read(params (string Key, string Value)[] settings) =>
        AccountHosting.ReadLimits(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build().GetSection("Limits"));
}
