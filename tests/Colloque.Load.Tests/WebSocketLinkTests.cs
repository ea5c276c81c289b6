using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Colloque.Load.Net;
using Xunit;

namespace Colloque.Load.Tests;

public sealed class WebSocketLinkTests
{
    /// <summary>Around every border of the length's three spellings and of the mask's eight-byte steps. The generator itself never sends more than 65,535.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(4001)]
    [InlineData(65_535)]
    public async Task What_it_sends_another_implementation_reads_and_what_that_sends_back_it_reads(int length)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = EchoTwiceAsync(listener);
        using var loop = new EventLoop();
        var link = new Reader(loop, new string('x', length - 1) + "y");
        link.Open(listener.LocalEndpoint);

        Assert.True(loop.Run(() => link.Got.Count == 2, 20), link.Ended);
        Assert.Equal(link.Text, link.Got[0]);
        Assert.Equal(link.Text + link.Text, link.Got[1]);
        await server;
        Assert.True(loop.Run(() => !link.IsOpen, 20));
        Assert.Equal("closed with 1000", link.Ended);
    }

    // .NET's own websocket, fed by hand past the upgrade. It sends the text back, and then the text doubled: a length of another spelling.
    private static async Task EchoTwiceAsync(TcpListener listener)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = await listener.AcceptTcpClientAsync(cancellation);
        var stream = client.GetStream();
        var request = new StringBuilder();
        var one = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellation);
            request.Append((char)one[0]);
        }

        Assert.Contains("Upgrade: websocket", request.ToString(), StringComparison.Ordinal);
        await stream.WriteAsync("HTTP/1.1 101 Switching Protocols\r\n\r\n"u8.ToArray(), cancellation);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, cancellation);
        var buffer = new byte[1 << 17];
        var length = 0;
        ValueWebSocketReceiveResult result;
        do
        {
            result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            length += result.Count;
        }
        while (!result.EndOfMessage);
        await socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Text, true, cancellation);
        await socket.SendAsync((byte[])[.. buffer.AsSpan(0, length), .. buffer.AsSpan(0, length)], WebSocketMessageType.Text, true, cancellation);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
    }

    private sealed class Reader(EventLoop loop, string text) : WebSocketLink(loop, new Uri("http://127.0.0.1"), "/")
    {
        public string Text => text;

        public List<string> Got { get; } = [];

        public string Ended { get; private set; } = "";

        protected override void OnText(ReadOnlySpan<byte> received)
        {
            if (received.SequenceEqual("hello"u8))
                SendText(Encoding.ASCII.GetBytes(text));
            else
                Got.Add(Encoding.ASCII.GetString(received));
        }

        protected override void Closed(string reason) => Ended = reason;
    }
}
