using System.Net;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Engine;

public sealed class UpgradeTests(HostUnderTest host)
{
    [Fact]
    public async Task A_probe_is_answered_and_the_upgrade_moves_the_session()
    {
        var polling = await OpenAsync();
        await using var websocket = await ProbeAsync(polling);
        await websocket.SendAsync("5", "4hello");
        Assert.Equal("4hello", (await websocket.NextAsync()).Text);
        using var late = await polling.GetAsync();
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        await websocket.SendAsync("4again");
        Assert.Equal("4again", (await websocket.NextAsync()).Text);
    }

    [Fact]
    public async Task A_poll_waiting_during_the_probe_is_sent_home_with_a_noop()
    {
        var polling = await OpenAsync();
        await using var websocket = await ProbeAsync(polling);
        Assert.Equal("6", await NextPollAsync(polling));
    }

    [Fact]
    public async Task A_second_websocket_for_an_upgraded_session_is_closed_and_the_first_goes_on()
    {
        var polling = await OpenAsync();
        await using var first = await ProbeAsync(polling);
        await first.SendAsync("5", "4hello");
        Assert.Equal("4hello", (await first.NextAsync()).Text);

        var endpoint = await host.AtAsync(HostUnderTest.Real);
        await using var second = await RawConnection.OpenAsync(endpoint);
        await second.SendAsync(RawConnection.UpgradeRequest(await host.AtAsync(HostUnderTest.Engine), $"?EIO=4&transport=websocket&sid={polling.Open.Sid}"));
        var (status, _) = await second.ReadHeadAsync();
        if (status == 101)
        {
            await second.ClosedAsync();
        }

        await first.SendAsync("4still");
        Assert.Equal("4still", (await first.NextAsync()).Text);
    }

    [Fact]
    public async Task What_was_queued_before_the_upgrade_comes_after_it_in_order_and_once()
    {
        var polling = await OpenAsync();
        await polling.SendAsync([.. Enumerable.Range(0, 50).Select(n => (EnginePacket)$"4{n}")]);
        await using var websocket = await ProbeAsync(polling);
        var got = new List<string>();
        // The client drains its last poll before it upgrades, as the real one does.
        while (await NextPollAsync(polling) is var body && body != "6")
        {
            got.AddRange(body.Split('\u001e').Where(packet => packet.StartsWith('4')));
        }

        await websocket.SendAsync([.. Enumerable.Range(50, 50).Select(n => (EnginePacket)$"4{n}").Prepend("5")]);
        while (got.Count < 100)
        {
            got.Add((await websocket.NextAsync()).ToString());
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(n => $"4{n}"), got);
    }

    [Fact]
    public async Task A_probe_that_is_no_probe_is_closed_and_polling_goes_on()
    {
        var polling = await OpenAsync();
        await using var websocket = await WebSocketClient.ConnectAsync(polling.Session, $"?EIO=4&transport=websocket&sid={polling.Open.Sid}");
        await websocket.TrySendAsync("4hello");
        Assert.Null(await websocket.ReadAsync());
        await polling.SendAsync("4still");
        Assert.Equal("4still", (await polling.NextAsync()).Text);
    }

    [Fact]
    public async Task A_probe_abandoned_leaves_polling_as_it_was()
    {
        var polling = await OpenAsync();
        await using (await ProbeAsync(polling))
        {
            // Closed without ever upgrading.
        }

        await polling.SendAsync("4still");
        while (true)
        {
            var packet = await polling.NextAsync();
            if (packet.Text == "6")
            {
                continue; // the noop of the probe
            }

            Assert.Equal("4still", packet.Text);
            return;
        }
    }

    [Fact]
    public async Task A_websocket_session_has_nothing_left_to_poll()
    {
        await using var websocket = await host.OpenAsync(Transport.WebSocket);
        var poll = new Uri(await host.AtAsync(HostUnderTest.Engine), $"?EIO=4&transport=polling&sid={websocket.Open.Sid}");
        using var answer = await PollingClient.Http.GetAsync(poll);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await websocket.SendAsync("4still");
        Assert.Equal("4still", (await websocket.NextAsync()).Text);
    }

    private async Task<PollingClient> OpenAsync() => (PollingClient)await host.OpenAsync(Transport.Polling);

    private static async Task<WebSocketClient> ProbeAsync(PollingClient polling)
    {
        var websocket = await WebSocketClient.ConnectAsync(polling.Session, $"?EIO=4&transport=websocket&sid={polling.Open.Sid}");
        await websocket.SendAsync("2probe");
        Assert.Equal("3probe", (await websocket.ReadAsync())?.Text);
        return websocket;
    }

    private static async Task<string> NextPollAsync(PollingClient polling)
    {
        using var answer = await polling.GetAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        if (body == "2")
        {
            await polling.SendAsync("3");
        }

        return body;
    }
}
