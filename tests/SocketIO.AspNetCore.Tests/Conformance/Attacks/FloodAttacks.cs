using System.Text.Json;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>Many small things instead of one large one.</summary>
public sealed class FloodAttacks(AttackedHost host) : Attack(host)
{
    private static readonly ParallelOptions EightAtOnce = new() { MaxDegreeOfParallelism = 8 };

    [Fact]
    public async Task Handshakes_that_never_connect_are_forgotten()
    {
        var endpoint = await Host.AtAsync();
        var sessions = new PollingClient[3_000];
        await Parallel.ForAsync(0, sessions.Length, EightAtOnce, async (n, _) => sessions[n] = await PollingClient.OpenAsync(endpoint));
        await sessions[^1].ClosedAsync();
        await sessions[0].ClosedAsync();
    }

    [Fact]
    public async Task Websockets_that_never_connect_are_closed()
    {
        var endpoint = await Host.AtAsync();
        var sockets = new WebSocketClient[300];
        await Parallel.ForAsync(0, sockets.Length, EightAtOnce, async (n, _) => sockets[n] = await WebSocketClient.OpenAsync(endpoint));
        await Task.WhenAll(sockets.Select(socket => socket.ClosedAsync()));
    }

    [Theory, OverBothTransports]
    public async Task A_burst_of_connects_to_one_namespace_makes_one_socket_or_ends_the_connection(Transport transport)
    {
        await using var engine = await Host.OpenAsync(transport);
        await engine.TrySendAsync([.. Enumerable.Repeat((EnginePacket)"40{}", 2_000), "421[\"whoami\"]"]);
        var answers = 0;
        while (await engine.NextOrCloseAsync() is { } packet && !packet.Text!.StartsWith("431", StringComparison.Ordinal))
        {
            answers += packet.Text.StartsWith("40", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(answers, 0, 1);
    }

    [Theory, OverBothTransports]
    public async Task Connects_to_ten_thousand_namespaces_are_refused_or_end_the_connection(Transport transport)
    {
        await using var client = await Host.ConnectAsync(transport);
        for (var batch = 0; batch < 10; batch++)
        {
            if (!await client.Engine.TrySendAsync([.. Enumerable.Range(0, 1_000).Select(n => (EnginePacket)$"40/n{batch}-{n},{{}}")]))
            {
                break;
            }
        }
    }

    [Theory, OverBothTransports]
    public async Task Joining_and_leaving_a_namespace_ten_thousand_times_leaves_nothing(Transport transport)
    {
        await using var client = await Host.ConnectAsync(transport);
        for (var batch = 0; batch < 10; batch++)
        {
            if (!await client.Engine.TrySendAsync([.. Enumerable.Range(0, 2_000).Select(n => (EnginePacket)(n % 2 == 0 ? "40/custom," : "41/custom,"))]))
            {
                break;
            }
        }
    }

    [Fact]
    public async Task A_socket_cannot_be_in_ten_thousand_rooms()
    {
        await using var client = await Host.ConnectAsync(Transport.WebSocket);
        var rooms = 0;
        for (var batch = 0; batch < 20; batch++)
        {
            await client.Engine.SendAsync([.. Enumerable.Range(0, 500).Select(n => (EnginePacket)$"42[\"join\",\"{batch}-{n}\"]")]);
            rooms = JsonDocument.Parse(await client.AskAsync(1, "[\"whoami\"]")).RootElement[0].GetProperty("rooms").GetArrayLength();
        }

        Assert.InRange(rooms, 1, 1_000);
    }

    [Fact]
    public async Task Questions_left_unanswered_are_bounded()
    {
        await using var client = await Host.ConnectAsync(Transport.WebSocket);
        await client.Engine.TrySendAsync([.. Enumerable.Repeat((EnginePacket)"42[\"ask-me\",\"?\",600000]", 5_000)]);
        var asked = 0;
        // The server stops asking at its bound; handlers in flight are bounded too, so that reading stops and the heartbeat ends it.
        while (await client.Engine.NextOrCloseAsync() is { } packet)
        {
            asked += packet.Text!.Contains("question", StringComparison.Ordinal) ? 1 : 0;
            Assert.InRange(asked, 0, 1_000);
        }
    }

    [Theory, OverBothTransports]
    public async Task Handlers_that_never_finish_stop_the_reading_of_their_own_connection_alone(Transport transport)
    {
        await using var bystander = await Host.ConnectAsync(transport);
        await using var client = await Host.ConnectAsync(transport);
        var flood = client.Engine.TrySendAsync([.. Enumerable.Repeat((EnginePacket)"421[\"slow-ack\",600000]", 5_000)]);
        await bystander.WorksAsync();
        await client.Engine.ClosedAsync();
        await flood;
    }

    [Theory, OverBothTransports]
    public async Task Acks_nobody_asked_for_are_dropped_by_the_thousand(Transport transport)
    {
        await using var client = await Host.ConnectAsync(transport);
        for (var batch = 0; batch < 50; batch++)
        {
            await client.Engine.SendAsync([.. Enumerable.Range(0, 1_000).Select(n => (EnginePacket)$"43{n}[1]")]);
            await client.WorksAsync();
        }
    }

    [Fact]
    public async Task A_hundred_thousand_pongs_cost_nothing()
    {
        await using var client = await Host.ConnectAsync(Transport.WebSocket);
        for (var batch = 0; batch < 50; batch++)
        {
            await client.Engine.SendAsync([.. Enumerable.Repeat((EnginePacket)"3", 2_000)]);
            await client.WorksAsync();
        }
    }

    [Fact]
    public async Task A_thousand_connections_that_say_nothing_leave_the_server_serving()
    {
        var address = await Host.AtAsync();
        var silent = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => RawConnection.OpenAsync(address)));
        await using (var client = await Host.ConnectAsync(Transport.WebSocket))
        {
            await client.WorksAsync();
        }

        foreach (var connection in silent)
        {
            connection.Reset();
        }
    }
}
