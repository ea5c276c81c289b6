using System.Net;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Bounds;

/// <summary>What ends by itself, to the millisecond, on a clock that the test moves. Times are socket.io's defaults.</summary>
public sealed class DeadlineTests
{
    private const string TwoSlots = "452-[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Theory, OverBothTransports]
    public async Task A_ping_comes_when_its_interval_is_over_and_not_before(Transport transport)
    {
        await using var server = await LocalServer.StartAsync();
        await using var client = await server.ConnectAsync(transport);
        server.Clock.Advance(PingInterval - Moment);
        await client.WorksAsync();
        server.Clock.Advance(Moment);
        Assert.Equal("2", (await client.Engine.ReadAsync())?.Text);
    }

    [Theory, OverBothTransports]
    public async Task A_pong_in_the_last_moment_saves_the_session(Transport transport)
    {
        await using var server = await LocalServer.StartAsync();
        await using var client = await server.ConnectAsync(transport);
        server.Clock.Advance(PingInterval);
        Assert.Equal("2", (await client.Engine.ReadAsync())?.Text);
        server.Clock.Advance(PingTimeout - Moment);
        await client.Engine.SendAsync("3");
        await client.WorksAsync();
        server.Clock.Advance(Moment);
        await client.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task Without_a_pong_the_session_ends_when_the_timeout_is_over(Transport transport)
    {
        await using var server = await LocalServer.StartAsync();
        await using var client = await server.ConnectAsync(transport);
        server.Clock.Advance(PingInterval + PingTimeout);
        client.Engine.AnswersPings = false;
        await client.Engine.ClosedAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(5)); // for a close frame never answered
        await server.HoldsAsync(connections: 0);
    }

    [Fact]
    public async Task A_poll_at_the_very_deadline_is_refused_even_when_the_timers_oversleep()
    {
        await using var server = await LocalServer.StartAsync();
        await using var client = await server.ConnectAsync(Transport.Polling);
        server.Clock.Jump(PingInterval + PingTimeout);
        using var answer = await ((PollingClient)client.Engine).GetAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task Who_never_connects_is_gone_after_the_connect_timeout(Transport transport)
    {
        await using var server = await LocalServer.StartAsync(options => options.ConnectTimeout = TimeSpan.FromSeconds(9));
        await using var engine = await server.OpenAsync(transport);
        server.Clock.Advance(TimeSpan.FromSeconds(9) - Moment);
        Assert.Equal(1, server.Server.ConnectionCount);
        server.Clock.Advance(Moment);
        await engine.ClosedAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await server.HoldsAsync(connections: 0);
    }

    [Fact]
    public async Task A_thousand_handshakes_without_connect_are_all_gone_after_the_connect_timeout()
    {
        await using var server = await LocalServer.StartAsync(options => options.ConnectTimeout = TimeSpan.FromSeconds(9));
        await Parallel.ForAsync(0, 1_000, async (_, _) => await PollingClient.OpenAsync(server.Endpoint));
        Assert.Equal(1_000, server.Server.ConnectionCount);
        server.Clock.Advance(TimeSpan.FromSeconds(9));
        server.Clock.Advance(TimeSpan.FromSeconds(5)); // nobody comes to fetch the goodbye
        await server.HoldsAsync(connections: 0);
    }

    [Fact]
    public async Task Attachments_withheld_over_polling_end_the_connection_after_ten_seconds()
    {
        await using var server = await LocalServer.StartAsync();
        await using var client = await server.ConnectAsync(Transport.Polling);
        await client.Engine.SendAsync(TwoSlots, new byte[100_000]);
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await client.Engine.ClosedAsync();
    }

    [Fact]
    public async Task Attachments_withheld_over_websocket_end_the_connection_after_ten_seconds()
    {
        await using var server = await LocalServer.StartAsync();
        await using var connection = await RawConnection.UpgradeAsync(server.Endpoint);
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Text, "40"u8));
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Text, EnginePacket.Utf8(TwoSlots)));
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Binary, new byte[100_000]));
        // The pong says that all before it was read.
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Ping, "?"u8));
        while (await connection.ReadFrameAsync() is { Opcode: not WebSocketFrame.Pong })
        {
        }

        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await connection.ClosedAsync();
    }

    [Fact]
    public async Task An_upgrade_not_finished_in_ten_seconds_is_dropped_and_polling_goes_on()
    {
        await using var server = await LocalServer.StartAsync();
        await using var client = await server.ConnectAsync(Transport.Polling);
        await using var probe = await WebSocketClient.ConnectAsync(server.Endpoint, $"?EIO=4&transport=websocket&sid={client.Engine.Open.Sid}");
        await probe.SendAsync("2probe");
        Assert.Equal("3probe", (await probe.ReadAsync())?.Text);
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        await probe.ClosedAsync();
        await client.Engine.SendAsync("421[\"message-with-ack\",1]");
        while (await client.NextAsync() is var packet && packet != "431[1]")
        {
            Assert.Equal("6", packet);
        }
    }
}
