using System.Text.Json;
using SocketIO.AspNetCore.Tests.Support;

namespace SocketIO.AspNetCore.Tests.Sockets;

public sealed class RecoveryTests : IDisposable
{
    private readonly Bench _bench = new(o => o.ConnectionStateRecovery = new()
    {
        MaxDisconnectionDuration = TimeSpan.FromSeconds(5), MaxPackets = 10, MaxBytes = 10_000, MaxSessions = 2,
    });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Who_returns_finds_its_id_rooms_data_and_the_packets_it_missed_in_order()
    {
        var peer = _bench.Join();
        var socket = peer.Socket;
        socket.Join("r");
        socket.State = "state";
        socket.Data.SetJson("k", "1"u8);
        var offset = HearOffset(peer);
        peer.Session.Terminate(CloseReason.TransportClose);
        _bench.Main.To("r").Emit("one");
        _bench.Main.To("other").Emit("not for it");
        _bench.Main.Everyone.Volatile.Emit("volatile");
        _bench.Main.To(socket.Id).Emit("two");
        _bench.Main.Except("r").Emit("not for it either");

        var back = Return(peer, offset, out var heard);
        Assert.Equal(socket.Id, back.Socket.Id);
        Assert.True(back.Socket.IsRecovered);
        Assert.Contains("r", back.Socket.Rooms);
        Assert.Equal("state", back.Socket.State);
        Assert.Equal("""{"k":1}""", back.Socket.Data.ToString());
        Assert.Equal(["one", "two"], Names(heard));
        Assert.StartsWith("0{", heard[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Who_returns_twice_with_the_same_secret_is_a_stranger_the_second_time()
    {
        var peer = _bench.Join();
        var id = peer.Socket.Id;
        var offset = HearOffset(peer);
        peer.Session.Terminate(CloseReason.TransportClose);
        Assert.Equal(id, Return(peer, offset, out _).Socket.Id);
        var second = Return(peer, offset, out _);
        Assert.NotEqual(id, second.Socket.Id);
        Assert.False(second.Socket.IsRecovered);
    }

    [Fact]
    public void Who_returned_and_is_lost_again_may_return_again()
    {
        var peer = _bench.Join();
        var id = peer.Socket.Id;
        var offset = HearOffset(peer);
        peer.Session.Terminate(CloseReason.TransportClose);
        _bench.Clock.Advance(4000);
        var back = Return(peer, offset, out _);
        offset = HearOffset(back);
        back.Session.Terminate(CloseReason.TransportClose);

        // The first time's window ends; the second's does not.
        _bench.Clock.Advance(2000);
        Assert.Equal(id, Return(back, offset, out _).Socket.Id);
    }

    [Fact]
    public void Who_returns_too_late_is_a_stranger()
    {
        var peer = _bench.Join();
        var id = peer.Socket.Id;
        var offset = HearOffset(peer);
        peer.Session.Terminate(CloseReason.TransportClose);
        _bench.Clock.Advance(5000);
        Assert.NotEqual(id, Return(peer, offset, out _).Socket.Id);
    }

    [Theory]
    [InlineData(CloseReason.ParseError)]
    [InlineData(CloseReason.ForcedClose)]
    public void Who_was_sent_away_does_not_return(string reason)
    {
        var peer = _bench.Join();
        var id = peer.Socket.Id;
        var offset = HearOffset(peer);
        peer.Session.Terminate(reason);
        Assert.NotEqual(id, Return(peer, offset, out _).Socket.Id);
    }

    [Fact]
    public void Who_left_by_itself_does_not_return()
    {
        var peer = _bench.Join();
        var id = peer.Socket.Id;
        var offset = HearOffset(peer);
        peer.Say("1");
        Assert.NotEqual(id, Return(peer, offset, out _).Socket.Id);
    }

    [Fact]
    public void A_gap_in_the_log_is_no_recovery()
    {
        var peer = _bench.Join();
        var id = peer.Socket.Id;
        var offset = HearOffset(peer);
        peer.Session.Terminate(CloseReason.TransportClose);
        for (var i = 0; i < 10; i++)
        {
            _bench.Main.Everyone.Emit("more");
        }

        Assert.NotEqual(id, Return(peer, offset, out _).Socket.Id);
    }

    [Fact]
    public void The_log_is_bounded_in_bytes()
    {
        var peer = _bench.Join();
        var id = peer.Socket.Id;
        var offset = HearOffset(peer);
        peer.Session.Terminate(CloseReason.TransportClose);
        _bench.Main.Everyone.EmitJson("big", JsonSerializer.SerializeToUtf8Bytes(new string('x', 10_000)));
        Assert.NotEqual(id, Return(peer, offset, out _).Socket.Id);
    }

    [Fact]
    public void Lost_sockets_are_bounded_in_number_the_oldest_go_first()
    {
        Peer[] peers = [_bench.Join(), _bench.Join(), _bench.Join()];
        string[] ids = [.. peers.Select(p => p.Socket.Id)];
        string[] offsets = [.. peers.Select(HearOffset)];
        foreach (var peer in peers)
        {
            peer.Session.Terminate(CloseReason.TransportClose);
        }

        Assert.NotEqual(ids[0], Return(peers[0], offsets[0], out _).Socket.Id);
        Assert.Equal(ids[1], Return(peers[1], offsets[1], out _).Socket.Id);
        Assert.Equal(ids[2], Return(peers[2], offsets[2], out _).Socket.Id);
    }

    [Fact]
    public void Offsets_tell_nothing_of_how_much_is_said()
    {
        var peer = _bench.Join();
        var offsets = Enumerable.Range(0, 100).Select(_ => HearOffset(peer)).ToHashSet();
        Assert.Equal(100, offsets.Count);
        Assert.All(offsets, o => Assert.Equal(12, o.Length));
    }

    private static string HearOffset(Peer peer)
    {
        peer.Socket.Emit("mark");
        return peer.Hear()[^1].Split('"')[^2];
    }

    private Peer Return(Peer lost, string offset, out string[] heard)
    {
        var peer = _bench.Open();
        peer.Say($$"""0{"pid":"{{lost.Pid}}","offset":"{{offset}}"}""");
        heard = peer.Hear();
        peer.Welcome = heard[0];
        return peer;
    }

    private static string[] Names(string[] packets) =>
        [.. packets.Where(p => p.StartsWith("2[", StringComparison.Ordinal)).Select(p => p.Split('"')[1])];
}
