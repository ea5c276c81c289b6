using System.Net;
using System.Net.Sockets;
using System.Text;
using Colloque.Server.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Colloque.Server.Tests.Media;

/// <summary>The TURN server is asked how it is, at each of its URLs; by a server here that answers as coturn does.</summary>
public sealed class TurnWatchTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("turn:turn.example", "turn.example 3478 plain datagram")]
    [InlineData("turn:turn.example:3479?transport=udp", "turn.example 3479 plain datagram")]
    [InlineData("turn:192.0.2.1?transport=tcp", "192.0.2.1 3478 plain stream")]
    [InlineData("turns:[2001:db8::1]:443?transport=tcp", "2001:db8::1 443 secure stream")]
    [InlineData("turns:[2001:db8::1]", "2001:db8::1 5349 secure stream")]
    [InlineData("turn:", null)]
    [InlineData("turn:turn.example:0", null)]
    [InlineData("turn:turn.example:x", null)]
    [InlineData("turn:turn.example?transport=sctp", null)]
    [InlineData("stun:turn.example", null)]
    public void A_url_says_where_a_relay_is_and_how_to_get_there(string url, string? expected)
    {
        var found = TurnAddress.Parse(url);
        Assert.Equal(expected, found is null ? null : $"{found.Host} {found.Port} {(found.IsSecure ? "secure" : "plain")} {(found.IsDatagram ? "datagram" : "stream")}");
    }

    [Theory]
    [InlineData("Coturn-4.6.1 'Gorst'", "old")]
    [InlineData("Coturn-4.8.0 'Gorst'", "old")]
    [InlineData("Coturn-4.9.0 'Gorst'", "ok")]
    [InlineData("Coturn-4.10.0 'x'", "ok")]
    [InlineData("Coturn-5.0.0", "ok")]
    [InlineData("another 1.2.3", "unknown")]
    [InlineData(null, "unknown")]
    public void A_coturn_from_before_the_fix_is_old_and_what_does_not_say_its_number_is_unknown(string? software, string word)
    {
        TurnAnswer answers = new("turn:one", TurnStanding.Answers, software), silent = new("turns:one", TurnStanding.Silent, null);
        Assert.Equal(word, new TurnState([answers], default).Word);
        // One way in that is shut is somebody who does not get in; an old one is worse.
        Assert.Equal(word == "old" ? "old" : "silent", new TurnState([answers, silent], default).Word);
        Assert.Equal(word == "old" ? "old" : "untrusted", new TurnState([answers, silent, silent with { Standing = TurnStanding.Untrusted }], default).Word);
    }

    [Fact]
    public async Task A_relay_is_asked_at_all_its_urls_and_again_if_a_datagram_is_lost()
    {
        using var datagrams = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var streams = new TcpListener(IPAddress.Loopback, 0);
        streams.Start();
        var (udp, tcp) = (((IPEndPoint)datagrams.Client.LocalEndPoint!).Port, ((IPEndPoint)streams.LocalEndpoint).Port);
        var answering = Task.WhenAll(AnswerSecondAsync(datagrams), AnswerStreamAsync(streams));
        var options = new TurnOptions { Secret = new('s', 32), Urls = { $"turn:127.0.0.1:{udp}", $"turn:127.0.0.1:{tcp}?transport=tcp", "turn:127.0.0.1:1?transport=tcp" } };
        using var watch = new TurnWatch(options, new(TimeProvider.System), TimeProvider.System, NullLogger<TurnWatch>.Instance);
        Assert.Null(watch.State);

        await watch.AskAsync(Stop);

        await answering;
        Assert.Equal([(TurnStanding.Answers, "Coturn-4.6.1 'Gorst'"), (TurnStanding.Answers, "Coturn-4.9.0"), (TurnStanding.Silent, null)], watch.State!.Answers.Select(static a => (a.Standing, a.Software)));
        Assert.Equal(("old", "Coturn-4.6.1 'Gorst'"), (watch.State.Word, watch.State.Software));
    }

    /// <summary>The first question is lost; before the second's answer comes something that is none.</summary>
    private static async Task AnswerSecondAsync(UdpClient server)
    {
        _ = await server.ReceiveAsync(Stop);
        var asked = await server.ReceiveAsync(Stop);
        await server.SendAsync(new byte[] { 1, 2, 3 }, asked.RemoteEndPoint, Stop);
        await server.SendAsync(AnswerTo(asked.Buffer, "Coturn-4.6.1 'Gorst'"), asked.RemoteEndPoint, Stop);
    }

    private static async Task AnswerStreamAsync(TcpListener server)
    {
        using var client = await server.AcceptTcpClientAsync(Stop);
        var asked = new byte[28];
        await client.GetStream().ReadExactlyAsync(asked, Stop);
        var answer = AnswerTo(asked, "Coturn-4.9.0");
        // In two pieces, as streams may.
        await client.GetStream().WriteAsync(answer.AsMemory(0, 7), Stop);
        await client.GetStream().WriteAsync(answer.AsMemory(7), Stop);
    }

    private static byte[] AnswerTo(byte[] request, string software)
    {
        var said = Encoding.ASCII.GetBytes(software);
        var answer = new byte[24 + ((said.Length + 3) & ~3)];
        request.AsSpan(0, 20).CopyTo(answer);
        (answer[0], answer[3]) = (1, (byte)(answer.Length - 20));
        (answer[20], answer[21], answer[23]) = (0x80, 0x22, (byte)said.Length);
        said.CopyTo(answer, 24);
        return answer;
    }
}
