using System.Net;
using Colloque.Notifications;
using Colloque.Security;
using Colloque.Server.Notifications;
using Xunit;

namespace Colloque.Server.Tests.Http;

/// <summary>Pushes go where a browser said; never to what is beside this server.</summary>
public sealed class PushCarrierTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1", "192.168.1.1", "::1", "fd00::1")]
    public async Task A_public_name_that_resolves_inwards_is_not_connected_to(params string[] addresses)
    {
        IPAddress[] inner = [.. addresses.Select(IPAddress.Parse)];
        var asked = new List<string>();
        using var key = new PushKey(new MasterKey(new byte[32]), TimeProvider.System);
        using var carrier = new PushCarrier(key, PushSettings.Usual, (host, _) =>
        {
            asked.Add(host);
            return Task.FromResult(inner);
        });
        Assert.Equal(PushOutcome.Later, await carrier.SendAsync(Push("https://push.example.com/device"), default));
        Assert.Equal(["push.example.com"], asked);
        var outer = IPAddress.Parse("93.184.216.34");
        Assert.Equal([outer], carrier.Allowed([.. inner, outer]));
    }

    [Theory]
    [InlineData("https://127.0.0.1/device")]
    [InlineData("http://push.example.com/device")]
    [InlineData(null)]
    public async Task An_address_that_is_not_allowed_any_more_is_forgotten(string? endpoint)
    {
        using var key = new PushKey(new MasterKey(new byte[32]), TimeProvider.System);
        using var carrier = new PushCarrier(key, PushSettings.Usual, (_, _) => throw new InvalidOperationException("Nothing is looked up."));
        Assert.Equal(PushOutcome.Gone, await carrier.SendAsync(Push(endpoint), default));
    }

    private static Push Push(string? endpoint) => new(Guid.CreateVersion7(), endpoint is null ? null : new Uri(endpoint), [1], false, 1);
}
