using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Engine;

public sealed class EchoTests(HostUnderTest host)
{
    [Theory, OverBothTransports]
    public async Task Text_comes_back_as_it_was_sent(Transport transport)
    {
        await using var client = await host.OpenAsync(transport);
        foreach (var text in new[] { "4hello", "4", "4é漢😀", "4{\"a\":1}", "4b64", "42[\"not socket.io here\"]", "4\u2028\u0000\"\\" })
        {
            await client.SendAsync(text);
            Assert.Equal(text, (await client.NextAsync()).Text);
        }
    }

    [Theory, OverBothTransports]
    public async Task Bytes_come_back_as_they_were_sent(Transport transport)
    {
        await using var client = await host.OpenAsync(transport);
        byte[] every = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        await client.SendAsync(every);
        Assert.Equal(every, (await client.NextAsync()).Bytes!);
        await client.SendAsync((byte[])[]);
        Assert.Empty((await client.NextAsync()).Bytes!);
    }

    [Theory, OverBothTransports]
    public async Task Text_and_bytes_keep_their_order(Transport transport)
    {
        await using var client = await host.OpenAsync(transport);
        EnginePacket[] sent = [.. Enumerable.Range(0, 100).Select(n => n % 3 == 0 ? (EnginePacket)new byte[] { (byte)n } : $"4{n}")];
        await client.SendAsync(sent);
        foreach (var packet in sent)
        {
            Assert.Equal(packet.ToString(), (await client.NextAsync()).ToString());
        }
    }

    [Theory, OverBothTransports]
    public async Task A_message_just_below_the_limit_passes(Transport transport)
    {
        await using var client = await host.OpenAsync(transport, HostUnderTest.Real);
        await client.SendAsync($"40");
        Assert.StartsWith("40{", (await client.NextAsync()).Text);
        Assert.StartsWith("42[\"auth\"", (await client.NextAsync()).Text);
        var text = new string('x', 999_900);
        await client.SendAsync($"421[\"message-with-ack\",\"{text}\"]");
        Assert.True($"431[\"{text}\"]" == (await client.NextAsync()).Text, "The long text came back changed.");
    }

    [Theory, OverBothTransports]
    public async Task Too_long_a_message_closes_the_session(Transport transport)
    {
        await using var client = await host.OpenAsync(transport, HostUnderTest.Real);
        await client.TrySendAsync($"4{new string('x', 1_000_000)}");
        if (transport == Transport.WebSocket)
        {
            await client.ClosedAsync();
            Assert.Equal(1009, (int?)((WebSocketClient)client).CloseStatus ?? 1009);
        }
    }

    [Theory, OverBothTransports]
    public async Task An_unknown_packet_type_closes_the_session(Transport transport)
    {
        await using var client = await host.OpenAsync(transport, HostUnderTest.Real);
        await client.TrySendAsync("abc");
        await client.ClosedAsync();
    }

    [Theory, OverBothTransports]
    public async Task A_close_packet_closes_the_session(Transport transport)
    {
        await using var client = await host.OpenAsync(transport, HostUnderTest.Real);
        await client.TrySendAsync("1");
        await client.ClosedAsync();
    }

    [Theory, OverBothTransports]
    [Trait("Rule", "a v4 client answers pings and never sends them")]
    public async Task A_client_that_pings_is_in_error(Transport transport)
    {
        await using var client = await host.OpenAsync(transport, HostUnderTest.Real);
        await client.TrySendAsync("2");
        await client.ClosedAsync();
    }
}
