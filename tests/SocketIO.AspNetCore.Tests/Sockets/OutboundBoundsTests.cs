using SocketIO.AspNetCore.Tests.Support;

namespace SocketIO.AspNetCore.Tests.Sockets;

public sealed class OutboundBoundsTests
{
    [Fact]
    public async Task Who_leaves_too_many_packets_unread_is_closed()
    {
        using var bench = new Bench(o => o.MaxOutboundPackets = 10);
        var peer = bench.Join();
        var socket = peer.Socket;
        for (var i = 0; i < 11; i++)
        {
            socket.Emit("x");
        }

        await WaitFor.Async(() => !peer.Session.IsOpen && !socket.IsConnected);
    }

    [Fact]
    public async Task Who_leaves_too_many_bytes_unread_is_closed_but_one_long_message_always_passes()
    {
        using var bench = new Bench(o => o.MaxOutboundBytes = 1000);
        var peer = bench.Join();
        var socket = peer.Socket;
        socket.EmitJson("x", Json(5000));
        Assert.Single(peer.Hear());
        socket.EmitJson("x", Json(600));
        socket.EmitJson("x", Json(600));
        await WaitFor.Async(() => !peer.Session.IsOpen);
    }

    [Fact]
    public async Task When_all_together_leave_too_much_unread_those_who_are_behind_go()
    {
        using var bench = new Bench(o =>
        {
            o.MaxTotalOutboundBytes = 10_000;
            o.PauseReadingAboveBytes = 1000;
        });
        var behind = bench.Join();
        var keepsUp = bench.Join();
        var sockets = (Behind: behind.Socket, KeepsUp: keepsUp.Socket);
        sockets.Behind.EmitJson("x", Json(20_000));
        sockets.KeepsUp.EmitJson("x", Json(100));
        Assert.True(keepsUp.Session.IsOpen);
        sockets.Behind.Emit("x");
        await WaitFor.Async(() => !behind.Session.IsOpen);
        Assert.True(keepsUp.Session.IsOpen);
        // The session is closed first, what it held given back after.
        await WaitFor.Async(() => bench.Server.Engine.UnsentBytes <= 1000);
    }

    [Fact]
    public void What_is_read_or_dropped_is_no_longer_counted()
    {
        using var bench = new Bench();
        var (reads, goes) = (bench.Join(), bench.Join());
        bench.Main.Everyone.EmitJson("x", Json(100));
        Assert.True(bench.Server.Engine.UnsentBytes > 200);
        reads.Hear();
        goes.Session.Terminate(CloseReason.TransportClose);
        Assert.Equal(0, bench.Server.Engine.UnsentBytes);
    }

    [Fact]
    public void A_volatile_packet_is_dropped_by_who_is_behind()
    {
        using var bench = new Bench(o => o.PauseReadingAboveBytes = 100);
        var peer = bench.Join();
        peer.Socket.EmitJson("x", Json(200));
        peer.Socket.Volatile.Emit("lost");
        bench.Main.Volatile.Emit("lost");
        Assert.Single(peer.Hear());
        peer.Socket.Volatile.Emit("kept");
        Assert.Single(peer.Hear());
    }

    [Fact]
    public async Task Half_of_the_bounds_unread_stops_the_reading_over_polling_until_it_is_read()
    {
        using var bench = new Bench(o => o.MaxOutboundPackets = 10);
        var peer = bench.Join();
        for (var i = 0; i < 6; i++)
        {
            peer.Socket.Emit("x");
        }

        var readable = peer.Session.WhenReadableAsync().AsTask();
        Assert.False(readable.IsCompleted);
        peer.Hear();
        await readable;
    }

    [Fact]
    public void Sessions_are_bounded_in_number()
    {
        using var bench = new Bench(o => o.MaxSessions = 1);
        bench.Open();
        var store = bench.Server.Engine.Sessions;
        var handshake = new Handshake(new Microsoft.AspNetCore.Http.DefaultHttpContext(), bench.Clock.GetUtcNow());
        var one = new AspNetCore.Engine.EngineSession("two", bench.Server.Engine, handshake);
        Assert.False(store.TryAdd(one));
        Assert.Equal(1, store.Count);
    }

    private static byte[] Json(int length) => System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', length - 2)}\"");
}
