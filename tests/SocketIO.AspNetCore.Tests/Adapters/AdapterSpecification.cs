using SocketIO.AspNetCore.Tests.Support;

namespace SocketIO.AspNetCore.Tests.Adapters;

/// <summary>What every adapter does, whatever carries it. Inherit it and say how to make yours.</summary>
public abstract class AdapterSpecification : IDisposable
{
    private readonly Bench _bench;

    protected AdapterSpecification() => _bench = new Bench(o =>
    {
        o.AdapterFactory = Create;
        o.MaxRoomsPerSocket = 3;
        o.ConnectionStateRecovery = Recovery;
    });

    protected virtual ConnectionStateRecoveryOptions? Recovery => null;

    public void Dispose()
    {
        _bench.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_broadcast_to_everyone_reaches_everyone_once()
    {
        var (a, b, c) = Three();
        _bench.Main.Everyone.Emit("x");
        Assert.All([a, b, c], peer => Assert.Equal(["x"], Heard(peer)));
    }

    [Fact]
    public void A_broadcast_to_a_room_reaches_its_members_alone()
    {
        var (a, b, c) = Three();
        a.Socket.Join("r");
        b.Socket.Join("r");
        _bench.Main.To("r").Emit("x");
        Assert.Equal(["x"], Heard(a));
        Assert.Equal(["x"], Heard(b));
        Assert.Empty(Heard(c));
    }

    [Fact]
    public void Who_is_in_two_of_the_rooms_gets_it_once()
    {
        var (a, b, c) = Three();
        a.Socket.Join("r");
        a.Socket.Join("s");
        b.Socket.Join("s");
        _bench.Main.To("r").To("s").Emit("x");
        Assert.Equal(["x"], Heard(a));
        Assert.Equal(["x"], Heard(b));
        Assert.Empty(Heard(c));
    }

    [Fact]
    public void A_sender_does_not_hear_itself()
    {
        var (a, b, _) = Three();
        a.Socket.Join("r");
        b.Socket.Join("r");
        a.Socket.To("r").Emit("x");
        Assert.Empty(Heard(a));
        Assert.Equal(["x"], Heard(b));
    }

    [Fact]
    public void An_excepted_room_is_left_out()
    {
        var (a, b, c) = Three();
        b.Socket.Join("quiet");
        _bench.Main.Except("quiet").Emit("x");
        Assert.Equal(["x"], Heard(a));
        Assert.Empty(Heard(b));
        Assert.Equal(["x"], Heard(c));
    }

    [Fact]
    public void The_id_of_a_socket_is_a_room_that_has_it_alone()
    {
        var (a, b, _) = Three();
        _bench.Main.To(a.Socket.Id).Emit("x");
        Assert.Equal(["x"], Heard(a));
        Assert.Empty(Heard(b));
        Assert.Contains(a.Socket.Id, a.Socket.Rooms);
    }

    [Fact]
    public void Nobody_enters_the_room_of_another_socket()
    {
        var (a, b, _) = Three();
        Assert.False(b.Socket.Join(a.Socket.Id));
        _bench.Main.To(a.Socket.Id).Emit("x");
        Assert.Empty(Heard(b));
    }

    [Fact]
    public void Who_left_a_room_hears_it_no_more()
    {
        var (a, _, _) = Three();
        a.Socket.Join("r");
        _bench.Main.To("r").Emit("before");
        a.Socket.Leave("r");
        _bench.Main.To("r").Emit("after");
        Assert.Equal(["before"], Heard(a));
    }

    [Fact]
    public void Who_is_disconnected_is_in_no_room_and_enters_none()
    {
        var (a, b, _) = Three();
        var socket = a.Socket;
        socket.Join("r");
        socket.Disconnect();
        Assert.False(socket.Join("r"));
        Assert.Empty(_bench.Main.Adapter.LocalSockets(new BroadcastFilter(["r"], [])));
        Assert.DoesNotContain(socket, _bench.Main.Sockets);
        _bench.Main.Everyone.Emit("x");
        Assert.Equal(["x"], Heard(b));
    }

    [Fact]
    public void The_rooms_of_a_socket_are_bounded()
    {
        var (a, _, _) = Three();
        Assert.True(a.Socket.Join("1") && a.Socket.Join("2") && a.Socket.Join("3"));
        Assert.False(a.Socket.Join("4"));
        Assert.True(a.Socket.Join("3"));
        a.Socket.Leave("1");
        Assert.True(a.Socket.Join("4"));
    }

    [Fact]
    public async Task Sockets_are_told_apart_moved_and_disconnected_by_room()
    {
        var (a, b, c) = Three();
        await _bench.Main.In(a.Socket.Id).SocketsJoinAsync(["r"]);
        await _bench.Main.In(b.Socket.Id).SocketsJoinAsync(["r"]);
        var id = a.Socket.Id;
        Assert.Equal(2, (await _bench.Main.In("r").FetchSocketsAsync()).Count);
        await _bench.Main.In(b.Socket.Id).SocketsLeaveAsync(["r"]);
        Assert.Equal(id, Assert.Single(await _bench.Main.In("r").FetchSocketsAsync()).Id);
        await _bench.Main.In("r").DisconnectSocketsAsync();
        Assert.Equal(["1"], a.Hear());
        Assert.Equal(2, _bench.Main.Sockets.Count);
        Assert.True(c.Socket.IsConnected);
    }

    [Fact]
    public async Task Answers_of_a_room_are_gathered_and_who_leaves_is_missing()
    {
        var (a, b, _) = Three();
        a.Socket.Join("r");
        b.Socket.Join("r");
        var asking = _bench.Main.To("r").EmitWithAckAsync("q", AspNetCore.Protocol.EventArguments.Empty, TimeSpan.FromSeconds(1));
        Assert.Contains("20[\"q\"]", a.Hear());
        a.Say("30[\"yes\"]");
        b.Session.Terminate(CloseReason.TransportClose);
        var (id, answer) = Assert.Single(await asking);
        Assert.Equal(a.Socket.Id, id);
        Assert.Equal("\"yes\"", System.Text.Encoding.UTF8.GetString(answer[0].Span));
    }

    /// <summary>Makes the adapter of a namespace.</summary>
    protected abstract Adapter Create(Namespace ns);

    private (Peer A, Peer B, Peer C) Three() => (_bench.Join(), _bench.Join(), _bench.Join());

    private static string[] Heard(Peer peer) =>
        [.. peer.Hear().Where(p => p.StartsWith("2[", StringComparison.Ordinal)).Select(p => p.Split('"')[1])];
}

public sealed class InMemoryAdapterTests : AdapterSpecification
{
    protected override Adapter Create(Namespace ns) => new InMemoryAdapter(ns);
}

public sealed class InMemoryAdapterWithRecoveryTests : AdapterSpecification
{
    protected override ConnectionStateRecoveryOptions Recovery => new();

    protected override Adapter Create(Namespace ns) => new InMemoryAdapter(ns);
}
