using System.Net;
using System.Net.Sockets;
using System.Text;
using Colloque.Load.Net;
using Xunit;

namespace Colloque.Load.Tests;

public sealed class HttpLinkTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")]
    public void An_answer_is_read_the_same_however_the_network_cuts_it(string answer)
    {
        foreach (var piece in new[] { 1, 7, answer.Length })
        {
            using var loop = new EventLoop();
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var link = new Reader(loop);
            link.Open(listener.LocalEndpoint);
            using var server = listener.AcceptSocket();
            server.NoDelay = true;
            foreach (var part in Encoding.ASCII.GetBytes(answer).Chunk(piece))
            {
                server.Send(part);
                loop.Run(() => link.Answers.Count > 0, 0.001);
            }

            Assert.True(loop.Run(() => link.Answers.Count > 0, 10));
            Assert.Equal([(200, "hello world")], link.Answers);
        }
    }

    [Fact]
    public void A_server_that_hangs_up_is_noticed()
    {
        using var loop = new EventLoop();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var link = new Reader(loop);
        link.Open(listener.LocalEndpoint);
        listener.AcceptSocket().Dispose();
        Assert.True(loop.Run(() => !link.IsOpen, 10));
    }

    private sealed class Reader(EventLoop loop) : HttpLink(loop)
    {
        public List<(int Status, string Body)> Answers { get; } = [];

        protected override void Opened()
        {
        }

        protected override void Closed(string reason)
        {
        }

        protected override void OnAnswer(int status, ReadOnlySpan<byte> body) => Answers.Add((status, Encoding.ASCII.GetString(body)));
    }
}
