using Colloque.Security;
using Colloque.Server.Media;
using Xunit;

namespace Colloque.Server.Tests.Media;

/// <summary>How browsers may meet that have no media server.</summary>
public sealed class PeerRoomsTests
{
    private static readonly Caller Anybody = new(Guid.Empty, Guid.CreateVersion7(), Role.Patient, Guid.Empty);

    [Theory]
    [InlineData(false, null, "all", "stun:one")]
    [InlineData(true, null, "relay", "turn:two")]
    [InlineData(true, "all", "all", "stun:one turn:two")]
    [InlineData(true, "relay", "relay", "turn:two")]
    public void Where_there_is_a_relay_people_meet_by_it_alone_unless_the_installation_says_otherwise(bool hasTurn, string? said, string policy, string urls)
    {
        var turn = new TurnOptions { Secret = hasTurn ? new('s', 32) : null };
        if (hasTurn)
        {
            turn.Urls.Add("turn:two");
        }

        Assert.True(turn.IsSound);
        var peers = new PeerRooms(new() { IceServers = { "stun:one" }, IceTransportPolicy = said }, turn, TimeProvider.System);
        var (servers, expiresAt) = peers.For(Anybody);
        Assert.Equal((policy, urls, hasTurn), (peers.Policy, string.Join(' ', servers.SelectMany(static s => s.Urls)), expiresAt is not null));
        Assert.All(servers, static s => Assert.Equal(s.Urls[0].StartsWith("turn", StringComparison.Ordinal), s.Credential is not null));
    }

    [Theory]
    [InlineData("turn:one", null)]
    [InlineData(null, "a secret of thirty-two characters, and more")]
    [InlineData("turn:one", "too short")]
    [InlineData("stun:one", "a secret of thirty-two characters, and more")]
    public void A_relay_without_a_secret_or_a_secret_without_a_relay_is_no_setting_to_start_with(string? url, string? secret)
    {
        var turn = new TurnOptions { Secret = secret };
        if (url is not null)
        {
            turn.Urls.Add(url);
        }

        Assert.False(turn.IsSound);
    }
}
