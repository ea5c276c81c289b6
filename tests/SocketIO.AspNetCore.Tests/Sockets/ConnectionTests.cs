using SocketIO.AspNetCore.Protocol;
using SocketIO.AspNetCore.Tests.Support;

namespace SocketIO.AspNetCore.Tests.Sockets;

public sealed class ConnectionTests
{
    [Fact]
    public void Who_joins_nothing_in_time_is_closed()
    {
        using var bench = new Bench(o => o.ConnectTimeout = TimeSpan.FromSeconds(1));
        var silent = bench.Open();
        var joined = bench.Join();
        bench.Clock.Advance(1000);
        Assert.False(silent.Session.IsOpen);
        Assert.True(joined.Session.IsOpen);
    }

    [Fact]
    public void A_burst_of_connects_counts_once_and_is_answered_once()
    {
        using var bench = new Bench();
        var gate = new TaskCompletionSource();
        var runs = 0;
        bench.Main.Use(async (_, _) =>
        {
            runs++;
            await gate.Task;
        });
        var peer = bench.Open();
        for (var i = 0; i < 100; i++)
        {
            peer.Say("0");
        }

        Assert.Equal(1, runs);
        gate.SetResult();
        Assert.Single(peer.Hear(), p => p.StartsWith("0{", StringComparison.Ordinal));
    }

    [Fact]
    public void Joining_twice_breaks_the_protocol()
    {
        using var bench = new Bench();
        var peer = bench.Join();
        peer.Say("0");
        Assert.False(peer.Session.IsOpen);
    }

    [Fact]
    public void Namespaces_of_one_connection_are_bounded_those_being_joined_included()
    {
        using var bench = new Bench(o => o.MaxNamespacesPerConnection = 2);
        var never = new TaskCompletionSource();
        foreach (var name in new[] { "/a", "/b", "/c" })
        {
            bench.Server.Of(name).Use(async (_, _) => await never.Task);
        }

        var peer = bench.Open();
        peer.Say("0/a");
        peer.Say("0/b");
        peer.Say("0/c");
        Assert.Equal(["""4/c,{"message":"Too many namespaces"}"""], peer.Hear());
    }

    [Fact]
    public void A_refused_client_may_try_again()
    {
        using var bench = new Bench();
        bench.Main.Use((socket, _) => socket.Handshake.AuthJson.Length > 2
            ? ValueTask.CompletedTask
            : throw new ConnectRefusedException("no \"token\"", """{"code":401}"""));
        var peer = bench.Open();
        peer.Say("0");
        Assert.Equal(["""4{"message":"no \"token\"","data":{"code":401}}"""], peer.Hear());
        peer.Say("0{\"token\":1}");
        Assert.StartsWith("0{", peer.Hear()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Checked_credentials_can_be_let_go()
    {
        using var bench = new Bench();
        bench.Main.Use((socket, _) =>
        {
            Assert.Equal(1, socket.Handshake.Auth.GetProperty("token").GetInt32());
            socket.Handshake.ForgetAuth();
            return ValueTask.CompletedTask;
        });
        var peer = bench.Open();
        peer.Say("0{\"token\":1}");
        Assert.StartsWith("0{", peer.Hear()[0], StringComparison.Ordinal);
        var socket = Assert.Single(bench.Main.Sockets);
        Assert.Equal("{}"u8, socket.Handshake.AuthJson.Span);
    }

    [Fact]
    public void A_middleware_that_fails_tells_the_client_nothing_of_why()
    {
        using var bench = new Bench();
        bench.Main.Use((_, _) => throw new InvalidOperationException("the secret is 42"));
        var peer = bench.Open();
        peer.Say("0");
        Assert.Equal(["""4{"message":"Internal error"}"""], peer.Hear());
    }

    [Fact]
    public void Events_wait_for_the_connect_handlers_and_keep_their_order()
    {
        using var bench = new Bench();
        var gate = new TaskCompletionSource();
        var heard = new List<string>();
        bench.Main
            .OnConnect(async (_, _) =>
            {
                await gate.Task;
                heard.Add("connected");
            })
            .OnAny((e, _) =>
            {
                heard.Add(e.Name);
                return ValueTask.CompletedTask;
            });
        var peer = bench.Join();
        peer.Say("2[\"a\"]");
        peer.Say("2[\"b\"]");
        Assert.Empty(heard);
        gate.SetResult();
        Assert.Equal(["connected", "a", "b"], heard);
    }

    [Fact]
    public void Leaving_is_told_once_and_only_after_the_connect_handlers_are_done()
    {
        using var bench = new Bench();
        var gate = new TaskCompletionSource();
        var heard = new List<string>();
        bench.Main
            .OnConnect(async (_, _) =>
            {
                await gate.Task;
                heard.Add("connected");
            })
            .OnDisconnect((_, reason) =>
            {
                heard.Add(reason);
                return ValueTask.CompletedTask;
            });
        var peer = bench.Join();
        peer.Say("1");
        peer.Session.Terminate(CloseReason.TransportClose);
        Assert.Empty(heard);
        gate.SetResult();
        Assert.Equal(["connected", CloseReason.ClientNamespaceDisconnect], heard);
    }

    [Fact]
    public void Handlers_start_in_order_and_do_not_wait_for_each_other()
    {
        using var bench = new Bench();
        var started = new List<string>();
        var never = new TaskCompletionSource();
        bench.Main.OnAny(async (e, _) =>
        {
            started.Add(e.Name);
            await never.Task;
        });
        var peer = bench.Join();
        peer.Say("2[\"a\"]");
        peer.Say("2[\"b\"]");
        Assert.Equal(["a", "b"], started);
    }

    [Fact]
    public async Task At_the_bound_of_handlers_the_reading_stops_until_one_is_done()
    {
        using var bench = new Bench(o => o.MaxHandlersInFlight = 2);
        var gate = new TaskCompletionSource();
        bench.Main.OnAny(async (_, _) => await gate.Task);
        var peer = bench.Join();
        peer.Say("2[\"a\"]");
        Assert.True(peer.Session.WhenReadableAsync().AsTask().IsCompleted);
        peer.Say("2[\"b\"]");
        var readable = peer.Session.WhenReadableAsync().AsTask();
        Assert.False(readable.IsCompleted);
        gate.SetResult();
        await readable;
    }

    [Fact]
    public async Task A_handler_that_asks_its_client_does_not_stop_the_reading()
    {
        using var bench = new Bench(o => o.MaxHandlersInFlight = 1);
        EventArguments? answer = null;
        bench.Main.On("ask", async (e, ct) =>
            answer = await e.Socket.EmitWithAckAsync("q", EventArguments.Empty, TimeSpan.FromSeconds(1), ct));
        var peer = bench.Join();
        peer.Say("2[\"ask\"]");
        Assert.True(peer.Session.WhenReadableAsync().AsTask().IsCompleted);
        peer.Say("30[5]");
        await WaitFor.Async(() => answer is not null);
    }

    [Fact]
    public async Task Acks_asked_of_a_silent_client_are_bounded_and_time_out()
    {
        using var bench = new Bench(o => o.MaxPendingAcks = 1);
        var peer = bench.Join();
        var first = peer.Socket.EmitWithAckAsync("q", EventArguments.Empty, TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TooManyAcksException>(() => peer.Socket.EmitWithAckAsync("q", EventArguments.Empty, TimeSpan.FromSeconds(1)));
        bench.Clock.Advance(1000);
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        var third = peer.Socket.EmitWithAckAsync("q", EventArguments.Empty, TimeSpan.FromSeconds(1));
        peer.Session.Terminate(CloseReason.TransportClose);
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => third);
    }

    [Fact]
    public void A_handler_that_throws_ends_nothing()
    {
        using var bench = new Bench();
        bench.Main
            .On("sync", (_, _) => throw new InvalidOperationException())
            .On("async", async (_, _) =>
            {
                await Task.CompletedTask;
                throw new InvalidOperationException();
            })
            .On("works", (e, _) =>
            {
                Assert.True(e.Ack(EventArguments.Empty));
                Assert.False(e.Ack(EventArguments.Empty));
                return ValueTask.CompletedTask;
            });
        var peer = bench.Join();
        peer.Say("21[\"sync\"]");
        peer.Say("22[\"async\"]");
        peer.Say("23[\"works\"]");
        Assert.Equal(["33[]"], peer.Hear());
    }

    [Fact]
    public void A_packet_whose_attachments_are_withheld_ends_the_connection()
    {
        using var bench = new Bench(o => o.AttachmentTimeout = TimeSpan.FromSeconds(2));
        var peer = bench.Join();
        peer.Say("""52-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""");
        peer.SayBinary(1);
        bench.Clock.Advance(1999);
        Assert.True(peer.Session.IsOpen);
        bench.Clock.Advance(1);
        Assert.False(peer.Session.IsOpen);
    }

    [Fact]
    public void Attachments_together_are_bounded()
    {
        using var bench = new Bench(o => o.MaxBinaryPacketBytes = 200);
        var peer = bench.Join();
        peer.Say("""52-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""");
        peer.SayBinary(new byte[60]);
        Assert.True(peer.Session.IsOpen);
        peer.SayBinary(new byte[100]);
        Assert.False(peer.Session.IsOpen);
    }

    [Fact]
    public void What_is_on_its_way_to_a_namespace_the_server_just_took_the_client_from_does_no_harm()
    {
        using var bench = new Bench();
        var peer = bench.Join();
        peer.Socket.Disconnect();
        peer.Say("2[\"late\"]");
        Assert.True(peer.Session.IsOpen);
        peer.Say("0");
        Assert.Contains(peer.Hear(), p => p.StartsWith("0{", StringComparison.Ordinal));
    }
}
