using System.Net;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>CVE-2020-28481 and cross-site websocket hijacking: pages of other origins.</summary>
public sealed class OriginAttacks
{
    private const string Ours = "https://app.example";

    public static TheoryData<string> Foreign() =>
    [
        "https://evil.example", "null", "*", "https://app.example.evil", "https://evilapp.example", "https://sub.app.example", "http://app.example",
        "https://app.example:444", "https://app.example/", "https://app.example@evil.example", "file://", "https://APP.example",
    ];

    [Theory, MemberData(nameof(Foreign))]
    public async Task A_foreign_page_gets_neither_a_session_nor_a_permission(string origin)
    {
        await using var server = await StartAsync(Ours);
        using var handshake = await AskAsync(HttpMethod.Get, new Uri(server.Endpoint, "?EIO=4&transport=polling"), origin);
        Assert.Equal(HttpStatusCode.Forbidden, handshake.StatusCode);
        Refused(handshake);
        using var preflight = await AskAsync(HttpMethod.Options, new Uri(server.Endpoint, "?EIO=4&transport=polling"), origin);
        Refused(preflight);
        Assert.Equal(0, server.Server.ConnectionCount);
    }

    [Theory, MemberData(nameof(Foreign))]
    public async Task A_foreign_page_cannot_open_a_websocket(string origin)
    {
        await using var server = await StartAsync(Ours);
        await using var connection = await RawConnection.OpenAsync(server.Endpoint);
        await connection.SendAsync(RawConnection.UpgradeRequest(server.Endpoint, "?EIO=4&transport=websocket", $"Origin: {origin}\r\n"));
        Assert.Equal(403, (await connection.ReadHeadAsync()).Status);
        Assert.Equal(0, server.Server.ConnectionCount);
    }

    [Fact]
    public async Task A_foreign_page_that_learnt_a_session_id_can_neither_read_nor_write_nor_upgrade_it()
    {
        await using var server = await StartAsync(Ours);
        await using var client = await server.ConnectAsync(Transport.Polling);
        var session = ((PollingClient)client.Engine).Session;
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var answer = await AskAsync(method, session, "https://evil.example");
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        await using var connection = await RawConnection.OpenAsync(server.Endpoint);
        await connection.SendAsync(RawConnection.UpgradeRequest(server.Endpoint, $"{session.Query}&transport=websocket".Replace("transport=polling&", "", StringComparison.Ordinal), "Origin: https://evil.example\r\n"));
        Assert.Equal(403, (await connection.ReadHeadAsync()).Status);
        await client.WorksAsync();
    }

    [Fact]
    public async Task Two_origins_are_no_origin()
    {
        await using var server = await StartAsync(Ours);
        await using var connection = await RawConnection.OpenAsync(server.Endpoint);
        await connection.SendAsync(RawConnection.UpgradeRequest(server.Endpoint, "?EIO=4&transport=websocket", $"Origin: {Ours}\r\nOrigin: https://evil.example\r\n"));
        Assert.InRange((await connection.ReadHeadAsync()).Status, 400, 403);
    }

    [Fact]
    public async Task A_listed_page_is_let_in_by_name_and_caches_are_told()
    {
        await using var server = await StartAsync(Ours);
        using var answer = await AskAsync(HttpMethod.Get, new Uri(server.Endpoint, "?EIO=4&transport=polling"), Ours);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Ours, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("Origin", answer.Headers.Vary);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));

        await using var connection = await RawConnection.OpenAsync(server.Endpoint);
        await connection.SendAsync(RawConnection.UpgradeRequest(server.Endpoint, "?EIO=4&transport=websocket", $"Origin: {Ours}\r\n"));
        Assert.Equal(101, (await connection.ReadHeadAsync()).Status);
    }

    [Fact]
    public async Task By_default_only_the_servers_own_pages_and_programs_without_an_origin_come_in()
    {
        await using var server = await StartAsync();
        var handshake = new Uri(server.Endpoint, "?EIO=4&transport=polling");
        foreach (var (origin, status) in new[]
        {
            ($"http://{server.Endpoint.Authority}", HttpStatusCode.OK),
            (null, HttpStatusCode.OK),
            ($"https://{server.Endpoint.Authority}", HttpStatusCode.Forbidden),
            ("http://127.0.0.1:1", HttpStatusCode.Forbidden),
            ("null", HttpStatusCode.Forbidden),
        })
        {
            using var answer = await AskAsync(HttpMethod.Get, handshake, origin);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    private static Task<LocalServer> StartAsync(params string[] allowed) => LocalServer.StartAsync(options =>
    {
        foreach (var origin in allowed)
        {
            options.AllowedOrigins.Add(origin);
        }
    });

    private static async Task<HttpResponseMessage> AskAsync(HttpMethod method, Uri address, string? origin)
    {
        using var request = new HttpRequestMessage(method, address);
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
        }

        return await PollingClient.Http.SendAsync(request);
    }

    private static void Refused(HttpResponseMessage answer)
    {
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }
}
