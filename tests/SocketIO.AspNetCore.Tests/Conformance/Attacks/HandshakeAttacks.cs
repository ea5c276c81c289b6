using System.Net;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>CVE-2022-41940, CVE-2023-31125, CVE-2024-37890, GHSA-5v72 and their kin: the request before the session.</summary>
public sealed class HandshakeAttacks(AttackedHost host) : Attack(host)
{
    private static readonly string[] Queries =
    [
        "?EIO=4&transport=__proto__", "?EIO=4&transport=constructor", "?EIO=4&transport=toString", "?EIO=4&transport=hasOwnProperty", "?EIO=4&transport=",
        "?EIO=4&transport=polling&transport=websocket", "?EIO=4&transport=polling&transport=polling", "?EIO=4&transport[]=polling", "?EIO=4&transport=POLLING", "?EIO=4&transport=polling%00",
        "?EIO=__proto__&transport=polling", "?EIO=4&EIO=4&transport=polling", "?EIO=04&transport=polling", "?EIO=4.0&transport=polling", "?EIO=&transport=polling",
        "?EIO=4&transport=polling&sid=__proto__", "?EIO=4&transport=polling&sid=constructor", "?EIO=4&transport=polling&sid=", "?EIO=4&transport=polling&sid=a&sid=b",
        "?EIO=4&transport=polling&sid=%ff%fe%00", "?EIO=4&transport=webtransport", "?", "",
    ];

    public static TheoryData<string> Hostile() => [.. Queries];

    [Theory, MemberData(nameof(Hostile))]
    public async Task A_hostile_query_gets_400_on_get_and_post(string query)
    {
        var address = new Uri((await Host.AtAsync()).OriginalString + query);
        using var get = await PollingClient.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, get.StatusCode);
        using var post = await PollingClient.Http.PostAsync(address, new StringContent("4hello"));
        Assert.Equal(HttpStatusCode.BadRequest, post.StatusCode);
    }

    [Theory, MemberData(nameof(Hostile))]
    public async Task A_hostile_query_never_becomes_a_websocket_session(string query)
    {
        var endpoint = await Host.AtAsync();
        await using var connection = await RawConnection.OpenAsync(endpoint);
        await connection.SendAsync(RawConnection.UpgradeRequest(endpoint, query));
        Assert.InRange((await connection.ReadHeadAsync()).Status, 400, 499);
    }

    [Fact]
    public async Task A_session_id_of_seven_kilobytes_is_just_unknown()
    {
        using var answer = await PollingClient.Http.GetAsync(new Uri(await Host.AtAsync(), $"?EIO=4&transport=polling&sid={new string('a', 7000)}"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_of_one_endpoint_is_unknown_to_another()
    {
        var session = (PollingClient)await Host.OpenAsync(Transport.Polling, "/engine.io/");
        using var answer = await PollingClient.Http.GetAsync(new Uri(await Host.AtAsync(), session.Session.Query));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await session.SendAsync("4still");
    }

    [Fact]
    public async Task An_upgrade_under_another_protocol_version_is_refused_and_the_session_goes_on()
    {
        var endpoint = await Host.AtAsync("/engine.io/");
        var session = (PollingClient)await Host.OpenAsync(Transport.Polling, "/engine.io/");
        foreach (var version in new[] { "3", "5", "", "__proto__" })
        {
            await using var connection = await RawConnection.OpenAsync(endpoint);
            await connection.SendAsync(RawConnection.UpgradeRequest(endpoint, $"?EIO={version}&transport=websocket&sid={session.Open.Sid}"));
            Assert.InRange((await connection.ReadHeadAsync()).Status, 400, 499);
        }

        await session.SendAsync("4still");
        Assert.Equal("4still", (await session.NextAsync()).Text);
    }

    [Theory]
    [InlineData("h2c")]
    [InlineData("foo")]
    [InlineData("websocket, h2c")]
    public async Task An_upgrade_to_something_else_and_a_reset_hurt_nobody(string protocol)
    {
        var endpoint = await Host.AtAsync();
        for (var round = 0; round < 50; round++)
        {
            await using var connection = await RawConnection.OpenAsync(endpoint);
            await connection.SendAsync(RawConnection.UpgradeRequest(endpoint, "?EIO=4&transport=websocket", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n", protocol));
            connection.Reset();
        }
    }

    [Theory]
    [InlineData("Sec-WebSocket-Extensions: constructor\r\n")]
    [InlineData("Sec-WebSocket-Extensions: __proto__; toString=1\r\n")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=\r\n")]
    [InlineData("Sec-WebSocket-Protocol: constructor\r\n")]
    public async Task Extensions_and_subprotocols_are_never_granted(string header)
    {
        var endpoint = await Host.AtAsync();
        await using var connection = await RawConnection.OpenAsync(endpoint);
        await connection.SendAsync(RawConnection.UpgradeRequest(endpoint, "?EIO=4&transport=websocket", header));
        var (status, headers) = await connection.ReadHeadAsync();
        Assert.Contains(status, new[] { 101, 400 });
        Assert.DoesNotContain("Sec-WebSocket-Extensions", headers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Sec-WebSocket-Protocol", headers, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_subprotocol_of_fifty_kilobytes_is_refused()
    {
        var endpoint = await Host.AtAsync();
        await using var connection = await RawConnection.OpenAsync(endpoint);
        var spaces = string.Concat(Enumerable.Repeat(" ,\t", 17_000));
        await connection.TrySendAsync(EnginePacket.Utf8(RawConnection.UpgradeRequest(endpoint, "?EIO=4&transport=websocket", $"Sec-WebSocket-Protocol: b{spaces}x\r\n")));
        Assert.Contains((await connection.ReadHeadAsync()).Status, new[] { 0, 400, 431 });
    }

    [Fact]
    public async Task Two_thousand_headers_are_refused()
    {
        var endpoint = await Host.AtAsync();
        await using var connection = await RawConnection.OpenAsync(endpoint);
        var headers = string.Concat(Enumerable.Range(0, 2_000).Select(n => $"x{n}: y\r\n"));
        await connection.TrySendAsync(EnginePacket.Utf8(RawConnection.UpgradeRequest(endpoint, "?EIO=4&transport=websocket", headers)));
        Assert.Contains((await connection.ReadHeadAsync()).Status, new[] { 0, 400, 431 });
    }

    [Theory]
    [InlineData("Sec-WebSocket-Version: 13\r\n")]
    [InlineData("Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")]
    [InlineData("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n")]
    [InlineData("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key:\r\n")]
    public async Task A_handshake_without_a_proper_key_or_version_is_refused(string headers)
    {
        var endpoint = await Host.AtAsync();
        await using var connection = await RawConnection.OpenAsync(endpoint);
        await connection.SendAsync($"GET {endpoint.AbsolutePath}?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{headers}\r\n");
        Assert.InRange((await connection.ReadHeadAsync()).Status, 400, 426);
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("TRACE")]
    [InlineData("constructor")]
    public async Task Another_method_is_refused_with_a_session_and_without(string method)
    {
        var session = (PollingClient)await Host.OpenAsync(Transport.Polling);
        foreach (var address in new[] { session.Session, new Uri(await Host.AtAsync(), "?EIO=4&transport=polling") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            using var answer = await PollingClient.Http.SendAsync(request);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }
    }
}
