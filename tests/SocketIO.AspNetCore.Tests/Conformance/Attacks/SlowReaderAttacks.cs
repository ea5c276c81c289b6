using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>Clients that ask for much and read nothing.</summary>
public sealed class SlowReaderAttacks(AttackedHost host) : Attack(host)
{
    private static readonly string Word = new('w', 20_000);

    [Fact]
    public async Task Listeners_that_never_read_are_closed_while_their_room_is_spoken_to()
    {
        const string room = "spoken to";
        var slow = new List<RawConnection>();
        for (var n = 0; n < 10; n++)
        {
            var connection = await Host.ConnectRawAsync();
            await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Text, EnginePacket.Utf8($"42[\"join\",\"{room}\"]")));
            slow.Add(connection);
        }

        await using var speaker = await Host.ConnectAsync(Transport.WebSocket);
        var pong = WebSocketFrame.Encode(WebSocketFrame.Text, "3"u8);
        // 60 MB for each of ten listeners. Their pongs keep coming: only their not reading can end them.
        for (var batch = 0; batch < 300; batch++)
        {
            await speaker.Engine.SendAsync([.. Enumerable.Repeat((EnginePacket)$"42[\"say-all\",\"{room}\",\"{Word}\"]", 10)]);
            await speaker.WorksAsync();
            foreach (var connection in slow)
            {
                await connection.TrySendAsync(pong);
            }
        }

        await Task.WhenAll(slow.Select(connection => connection.ClosedAsync()));
    }

    [Fact]
    public async Task A_poller_that_never_polls_is_closed_while_its_room_is_spoken_to()
    {
        const string room = "polled";
        var slow = await Host.ConnectAsync(Transport.Polling);
        await slow.AskAsync(1, $"[\"join\",\"{room}\"]");
        await using var speaker = await Host.ConnectAsync(Transport.WebSocket);
        for (var batch = 0; batch < 150; batch++)
        {
            await speaker.Engine.SendAsync([.. Enumerable.Repeat((EnginePacket)$"42[\"say-others\",\"{room}\",\"{Word}\"]", 10)]);
            await speaker.WorksAsync();
            await slow.Engine.TrySendAsync("3");
        }

        using var late = await ((PollingClient)slow.Engine).GetAsync();
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, late.StatusCode);
    }

    [Fact]
    public async Task Who_asks_for_echoes_and_reads_none_is_read_no_further()
    {
        await using var connection = await Host.ConnectRawAsync();
        byte[] echoes = [.. Enumerable.Repeat(WebSocketFrame.Encode(WebSocketFrame.Text, EnginePacket.Utf8($"42[\"message\",\"{Word}\"]")), 50).SelectMany(frame => frame)];
        for (var sent = 0; sent < 300 && await connection.TrySendAsync(echoes); sent++)
        {
        }

        var echoed = 0;
        try
        {
            while (await connection.ReadFrameAsync() is not null)
            {
                echoed++;
            }
        }
        catch (IOException)
        {
            // Cut in the middle of an echo.
        }

        // 15,000 were asked for; what sockets and queues between the two hold is a small part of it.
        Assert.InRange(echoed, 1, 3_000);
    }

    [Fact]
    public async Task Who_asks_for_long_bursts_and_reads_none_is_closed()
    {
        await using var connection = await Host.ConnectRawAsync();
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Text, "42[\"burst\",2000000]"u8));
        await connection.ClosedAsync();
    }

    [Fact]
    public async Task A_reader_of_one_byte_at_a_time_holds_only_its_own_queue()
    {
        var slow = new List<RawConnection>();
        for (var n = 0; n < 50; n++)
        {
            var connection = await Host.ConnectRawAsync();
            await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Text, EnginePacket.Utf8($"42[\"message\",\"{new string('x', 900_000)}\"]")));
            slow.Add(connection);
        }

        await using (var client = await Host.ConnectAsync(Transport.WebSocket))
        {
            await client.WorksAsync();
        }

        foreach (var connection in slow)
        {
            connection.Reset();
        }
    }
}
