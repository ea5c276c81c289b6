using System.Text.Json;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Protocol;

public sealed class RealContractTests(HostUnderTest host)
{
    [Theory, OverBothTransports]
    public async Task A_room_hears_what_is_said_to_it_and_the_speaker_may_be_left_out(Transport transport)
    {
        await using var speaker = await host.ConnectAsync(transport, HostUnderTest.Real);
        await using var listener = await host.ConnectAsync(transport, HostUnderTest.Real);
        var room = $"room of {speaker.Id}";
        Assert.Equal("[true]", await speaker.AskAsync(1, $"[\"join\",\"{room}\"]"));
        Assert.Equal("[true]", await listener.AskAsync(1, $"[\"join\",\"{room}\"]"));
        await speaker.EmitAsync($"[\"say-others\",\"{room}\",\"others\"]");
        await speaker.EmitAsync($"[\"say-all\",\"{room}\",\"all\"]");
        Assert.StartsWith("42[\"said\",\"all\",", await speaker.NextAsync());
        Assert.StartsWith("42[\"said\",\"others\",", await listener.NextAsync());
        Assert.StartsWith("42[\"said\",\"all\",", await listener.NextAsync());
        Assert.Equal("[true]", await listener.AskAsync(2, $"[\"leave\",\"{room}\"]"));
        await speaker.EmitAsync($"[\"say-others\",\"{room}\",\"nobody\"]");
        await speaker.WorksAsync();
        await listener.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task The_servers_goodbye_to_a_namespace_is_41_and_the_transport_stays(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.EmitAsync("[\"bye\",false]");
        Assert.Equal("41", await client.NextAsync());
        await client.ConnectAsync();
        await client.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task The_servers_goodbye_to_the_connection_is_41_and_then_the_end(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.EmitAsync("[\"bye\",true]");
        Assert.Equal("41", await client.NextAsync());
        Assert.Null(await client.Engine.NextOrCloseAsync());
    }

    [Fact]
    public async Task A_poll_that_waits_when_the_server_closes_ends_with_the_close_packet()
    {
        await using var client = await host.ConnectAsync(Transport.Polling, HostUnderTest.Real);
        var engine = (PollingClient)client.Engine;
        await client.EmitAsync("[\"drop-transport\"]");
        using var answer = await engine.GetAsync();
        if (answer.IsSuccessStatusCode)
        {
            Assert.Equal("1", await answer.Content.ReadAsStringAsync());
        }
    }

    [Theory, OverBothTransports]
    public async Task A_question_left_unanswered_times_out(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.EmitAsync("3[\"ask-me\",\"?\",50]");
        Assert.StartsWith("42", await client.NextAsync());
        Assert.Equal("433[{\"timedOut\":true}]", await client.NextAsync());
    }

    [Theory, OverBothTransports]
    public async Task A_burst_comes_in_order_before_its_ack(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.EmitAsync("9[\"burst\",300]");
        for (var n = 0; n < 300; n++)
        {
            Assert.StartsWith($"42[\"seq\",{n},", await client.NextAsync());
        }

        Assert.Equal("439[300]", await client.NextAsync());
    }

    [Theory, OverBothTransports]
    public async Task Whoami_tells_what_the_server_knows(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        Assert.Equal("[true]", await client.AskAsync(1, "[\"set-data\",\"k\",{\"v\":[1]}]"));
        var me = JsonDocument.Parse(await client.AskAsync(2, "[\"whoami\"]")).RootElement[0];
        Assert.Equal(client.Id, me.GetProperty("id").GetString());
        Assert.Equal("{\"k\":{\"v\":[1]}}", me.GetProperty("data").GetRawText());
        Assert.False(me.GetProperty("recovered").GetBoolean());
        Assert.Equal(transport == Transport.Polling ? "polling" : "websocket", me.GetProperty("transport").GetString());
    }
}
