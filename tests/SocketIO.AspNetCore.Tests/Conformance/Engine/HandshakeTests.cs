using System.Net;
using System.Text.Json;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Engine;

public sealed class HandshakeTests(HostUnderTest host)
{
    [Fact]
    public async Task Polling_offers_the_upgrade_and_exactly_the_five_keys()
    {
        using var answer = await PollingClient.Http.GetAsync(new Uri(await host.AtAsync(HostUnderTest.Engine), "?EIO=4&transport=polling"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString(), ignoreCase: true);

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal('0', body[0]);
        using var json = JsonDocument.Parse(body[1..]);
        Assert.Equal(["maxPayload", "pingInterval", "pingTimeout", "sid", "upgrades"], json.RootElement.EnumerateObject().Select(key => key.Name).Order());
        Assert.Equal("websocket", Assert.Single(json.RootElement.GetProperty("upgrades").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_websocket_gets_the_same_packet_first_and_nothing_to_upgrade_to()
    {
        await using var client = await host.OpenAsync(Transport.WebSocket);
        Assert.Empty(client.Open.Upgrades);
    }

    [Theory, OverBothTransports]
    public async Task The_handshake_states_the_endpoints_own_times_and_size(Transport transport)
    {
        await using var engine = await host.OpenAsync(transport);
        Assert.Equal((300, 200, 1_000_000), (engine.Open.PingInterval, engine.Open.PingTimeout, engine.Open.MaxPayload));
        await using var real = await host.OpenAsync(transport, HostUnderTest.Real);
        Assert.Equal((1000, 1000, 1_000_000), (real.Open.PingInterval, real.Open.PingTimeout, real.Open.MaxPayload));
    }

    [Theory]
    [InlineData("GET", "?transport=polling", 5)]
    [InlineData("GET", "?EIO=abc&transport=polling", 5)]
    [InlineData("GET", "?EIO=3&transport=polling", 5)]
    [InlineData("GET", "?EIO=5&transport=polling", 5)]
    [InlineData("GET", "?EIO=4", 0)]
    [InlineData("GET", "?EIO=4&transport=abc", 0)]
    [InlineData("GET", "?EIO=4&transport=polling&sid=unknown", 1)]
    [InlineData("POST", "?EIO=4&transport=polling&sid=unknown", 1)]
    [InlineData("POST", "?EIO=4&transport=polling", 2)]
    [InlineData("PUT", "?EIO=4&transport=polling", 2)]
    public async Task A_bad_request_gets_400_and_says_why(string method, string query, int code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(await host.AtAsync(HostUnderTest.Engine), query));
        using var answer = await PollingClient.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var reason = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, reason.RootElement.GetProperty("code").GetInt32());
        Assert.NotEmpty(reason.RootElement.GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("?EIO=abc&transport=websocket")]
    [InlineData("?transport=websocket")]
    [InlineData("?EIO=4")]
    [InlineData("?EIO=4&transport=abc")]
    [InlineData("?EIO=4&transport=websocket&sid=unknown")]
    public async Task A_websocket_with_a_bad_request_ends_closed(string query)
    {
        var endpoint = await host.AtAsync(HostUnderTest.Engine);
        await using var connection = await RawConnection.OpenAsync(endpoint);
        await connection.SendAsync(RawConnection.UpgradeRequest(endpoint, query));
        var (status, _) = await connection.ReadHeadAsync();
        if (status == 101)
        {
            await connection.ClosedAsync();
            return;
        }

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task A_path_that_is_no_endpoint_is_not_found()
    {
        using var answer = await PollingClient.Http.GetAsync(new Uri(await host.AtAsync("/nowhere/"), "?EIO=4&transport=polling"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
