using System.Net;
using System.Net.Http.Headers;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Engine;

public sealed class PollingTests(HostUnderTest host)
{
    [Fact]
    public async Task A_post_is_answered_ok()
    {
        var client = await OpenAsync();
        using var answer = await client.PostAsync("4hello");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Three_messages_of_one_post_come_back_in_one_poll()
    {
        var client = await OpenAsync();
        await client.SendAsync("4test1", "4test2", "4test3");
        using var answer = await client.GetAsync();
        Assert.Equal("4test1\u001e4test2\u001e4test3", await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString(), ignoreCase: true);
    }

    [Fact]
    public async Task Bytes_travel_as_base64_without_a_type()
    {
        var client = await OpenAsync();
        await client.SendAsync("4text", new byte[] { 1, 2, 3, 4 });
        using var answer = await client.GetAsync();
        Assert.Equal("4text\u001ebAQIDBA==", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_invalid_packet_is_400_and_the_session_is_gone()
    {
        var client = await OpenAsync();
        try
        {
            using var answer = await client.PostAsync("abc");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // Hanging up is as good.
        }

        await GoneAsync(client);
    }

    [Fact]
    public async Task Of_two_polls_at_once_the_first_is_told_to_close_and_the_second_is_refused()
    {
        var client = await OpenAsync();
        await using var first = await RawConnection.OpenAsync(client.Session);
        await first.SendAsync($"GET {client.Session.PathAndQuery} HTTP/1.1\r\nHost: x\r\n\r\n");
        // Nothing is due before the first ping, so the first poll waits while the second comes: either may be seen first.
        using var second = await client.GetAsync();
        var (status, _) = await first.ReadHeadAsync();
        int[] statuses = [status, (int)second.StatusCode];
        Assert.Contains(200, statuses);
        Assert.Contains(statuses, refused => refused is 400 or 500);
        await GoneAsync(client);
    }

    [Fact]
    public async Task Of_two_posts_at_once_one_is_refused_and_the_session_is_gone()
    {
        var client = await OpenAsync();
        await using var slow = await RawConnection.OpenAsync(client.Session);
        await slow.SendAsync($"POST {client.Session.PathAndQuery} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 6\r\nExpect: 100-continue\r\n\r\n");
        // "100 Continue" says that the server is reading this body; now a second one comes.
        Assert.Equal(100, (await slow.ReadHeadAsync()).Status);
        using var second = await client.PostAsync("4other");
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        await GoneAsync(client);
    }

    [Fact]
    public async Task A_poll_the_client_gives_up_closes_the_session()
    {
        var client = await OpenAsync();
        var poll = await RawConnection.OpenAsync(client.Session);
        await poll.SendAsync($"GET {client.Session.PathAndQuery} HTTP/1.1\r\nHost: x\r\n\r\n");
        // Ended, not reset: a reset may overtake the request, and then nobody has given up anything.
        await poll.DisposeAsync();
        // Seen after the end or before it, the next poll is a bad request; seen before the first one, it is the one that is closed.
        using var next = await client.GetAsync();
        if (next.StatusCode != HttpStatusCode.BadRequest)
        {
            Assert.Equal("1", await next.Content.ReadAsStringAsync());
        }

        await GoneAsync(client);
    }

    [Fact]
    public async Task A_close_packet_ends_the_waiting_poll_with_a_noop()
    {
        var client = await OpenAsync();
        await using var poll = await RawConnection.OpenAsync(client.Session);
        await poll.SendAsync($"GET {client.Session.PathAndQuery} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        using var closing = await client.PostAsync("1");
        Assert.Equal(HttpStatusCode.OK, closing.StatusCode);
        Assert.Equal(200, (await poll.ReadHeadAsync()).Status);
        await GoneAsync(client);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        var client = await OpenAsync();
        try
        {
            using var answer = await client.PostAsync($"4{new string('x', 1_000_000)}");
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // Hung up before the whole body was sent.
        }
    }

    [Fact]
    public async Task A_post_of_octets_is_400_at_once()
    {
        var client = await OpenAsync();
        using var octets = new ByteArrayContent([4, 1]) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/octet-stream") } };
        using var answer = await client.PostAsync(octets);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<PollingClient> OpenAsync() => (PollingClient)await host.OpenAsync(Transport.Polling);

    private static async Task GoneAsync(PollingClient client)
    {
        using var answer = await client.GetAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
