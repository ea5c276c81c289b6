using SocketIO.AspNetCore.Tests.Support;

namespace SocketIO.AspNetCore.Tests.Engine;

public sealed class HeartbeatOnAFakeClockTests : IDisposable
{
    private readonly Bench _bench = new(o =>
    {
        o.PingInterval = TimeSpan.FromMilliseconds(300);
        o.PingTimeout = TimeSpan.FromMilliseconds(200);
    });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_ping_comes_one_interval_after_each_pong()
    {
        var peer = _bench.Join();
        for (var round = 0; round < 5; round++)
        {
            _bench.Clock.Advance(299);
            Assert.Equal(["6"], peer.HearRaw());
            _bench.Clock.Advance(1);
            Assert.Equal(["2"], peer.HearRaw());
            _bench.Clock.Advance(100);
            peer.Pong();
        }
    }

    [Fact]
    public void A_client_that_never_answers_is_gone_at_interval_and_timeout_to_the_millisecond()
    {
        var peer = _bench.Join();
        _bench.Clock.Advance(499);
        Assert.True(peer.Session.IsOpen);
        Assert.False(peer.Session.HasExpired);
        _bench.Clock.Advance(1);
        Assert.True(peer.Session.HasExpired);
        Assert.False(peer.Session.IsOpen);
        Assert.Equal(0, _bench.Server.ConnectionCount);
    }

    [Fact]
    public void A_pong_nobody_asked_for_does_not_push_the_next_ping_away()
    {
        var peer = _bench.Join();
        _bench.Clock.Advance(200);
        peer.Pong();
        _bench.Clock.Advance(100);
        Assert.Equal(["2"], peer.HearRaw());
    }

    [Fact]
    public void One_message_after_a_ping_gives_the_client_its_time_again_and_only_one()
    {
        var peer = _bench.Join();
        _bench.Clock.Advance(450);
        peer.Say("2[\"x\"]");
        _bench.Clock.Advance(150);
        Assert.True(peer.Session.IsOpen);
        peer.Say("2[\"x\"]");
        _bench.Clock.Advance(50);
        Assert.False(peer.Session.IsOpen);
    }

    [Fact]
    public void Its_sockets_hear_why()
    {
        var reasons = new List<string>();
        _bench.Main.OnDisconnect((_, reason) =>
        {
            reasons.Add(reason);
            return ValueTask.CompletedTask;
        });
        _bench.Join();
        _bench.Clock.Advance(500);
        Assert.Equal([CloseReason.PingTimeout], reasons);
    }
}
