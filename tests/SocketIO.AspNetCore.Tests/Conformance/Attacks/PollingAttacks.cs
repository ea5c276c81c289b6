using System.Net;
using System.Net.Http.Headers;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>CVE-2020-36048, CVE-2020-36049, CVE-2026-59725, CVE-2026-48802: bodies and polls.</summary>
public sealed class PollingAttacks(AttackedHost host) : Attack(host)
{
    [Fact]
    public async Task A_chunked_body_without_a_length_is_cut_at_the_limit()
    {
        var session = await OpenAsync();
        await using var connection = await RawConnection.OpenAsync(session.Session);
        await connection.SendAsync($"POST {session.Session.PathAndQuery} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] chunk = [.. EnginePacket.Utf8("10000\r\n4"), .. Enumerable.Repeat((byte)'x', 65_535), .. "\r\n"u8];
        for (var sent = 0; sent < 1_000 && await connection.TrySendAsync(chunk); sent++)
        {
            // 65 MB; the server may swallow what it no longer listens to, so that its answer can be read.
        }

        Assert.Contains((await connection.ReadHeadAsync()).Status, new[] { 0, 413 });
    }

    [Theory]
    [InlineData("Content-Length: 1000001")]
    [InlineData("Content-Length: 1000000000000")]
    [InlineData("Content-Length: 99999999999999999999999")]
    [InlineData("Content-Length: -1")]
    public async Task A_length_that_cannot_be_is_refused_before_the_body(string header)
    {
        var session = await OpenAsync();
        await using var connection = await RawConnection.OpenAsync(session.Session);
        await connection.SendAsync($"POST {session.Session.PathAndQuery} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n{header}\r\n\r\n");
        Assert.Contains((await connection.ReadHeadAsync()).Status, new[] { 400, 413 });
    }

    [Fact]
    public async Task A_long_packet_without_an_end_is_refused_like_any_other_nonsense()
    {
        var session = await OpenAsync();
        Assert.False(await session.TrySendAsync(new string('x', 999_999)));
        await session.ClosedAsync();
    }

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("APPLICATION/OCTET-STREAM; charset=x")]
    public async Task A_body_of_octets_on_a_living_session_is_answered_400(string type)
    {
        var session = await OpenAsync();
        using var octets = new ByteArrayContent([4, 1, 2]) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var answer = await session.PostAsync(octets);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("b!!!")]
    [InlineData("bAQ")]
    [InlineData("bAQID\u001e\u001e")]
    [InlineData("\u001e")]
    [InlineData("4a\u001e")]
    [InlineData("\u001e4a")]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("0{}")]
    [InlineData("5")]
    [InlineData("6x")]
    [InlineData("2probe")]
    [InlineData("3probe")]
    public async Task A_body_that_is_no_list_of_packets_never_ends_the_process(string body)
    {
        var session = await OpenAsync();
        try
        {
            using var answer = await session.PostAsync(body);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest });
        }
        catch (HttpRequestException)
        {
            // Hanging up is an answer too.
        }
    }

    [Fact]
    public async Task Bytes_that_are_no_text_close_the_session()
    {
        var session = await OpenAsync();
        using var body = new ByteArrayContent([(byte)'4', (byte)'2', 0xC0, 0xAF, 0xFF]) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/plain") } };
        using var answer = await session.PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await session.ClosedAsync();
    }

    [Fact]
    public async Task A_million_empty_packets_are_refused()
    {
        var session = await OpenAsync();
        Assert.False(await session.TrySendAsync(new string('\x1e', 999_999)));
        await session.ClosedAsync();
    }

    [Fact]
    public async Task Half_a_million_pongs_in_one_body_start_nothing()
    {
        var session = await OpenAsync();
        using var answer = await session.PostAsync(string.Join('\x1e', Enumerable.Repeat("3", 400_000)));
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task A_hundred_polls_at_once_all_end_and_so_does_the_session()
    {
        var session = await OpenAsync();
        var polls = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => session.GetAsync()));
        Assert.Contains(polls, poll => poll.StatusCode == HttpStatusCode.BadRequest);
        Assert.InRange(polls.Count(poll => poll.StatusCode == HttpStatusCode.OK), 0, 2);
        using var late = await session.GetAsync();
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
    }

    [Fact]
    public async Task A_hundred_posts_at_once_never_mix_their_packets()
    {
        var session = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => session.TrySendAsync("40", "42[\"message\",1]")));
        await using var other = await Host.ConnectAsync(Transport.Polling);
        await other.WorksAsync();
    }

    [Fact]
    public async Task A_body_that_never_comes_does_not_keep_its_session()
    {
        var session = await OpenAsync();
        await using var connection = await RawConnection.OpenAsync(session.Session);
        await connection.SendAsync($"POST {session.Session.PathAndQuery} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n4");
        session.AnswersPings = false;
        await session.ClosedAsync();
    }

    [Fact]
    public async Task A_post_broken_off_in_the_middle_hurts_nobody()
    {
        for (var round = 0; round < 50; round++)
        {
            var session = await OpenAsync();
            await using var connection = await RawConnection.OpenAsync(session.Session);
            await connection.SendAsync($"POST {session.Session.PathAndQuery} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n42[\"message\"");
            connection.Reset();
        }
    }

    private async Task<PollingClient> OpenAsync() => (PollingClient)await Host.OpenAsync(Transport.Polling);
}
