using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SocketIO.AspNetCore.Tests.Engine;

/// <summary>Browsers reach a TLS endpoint by HTTP/2, websockets included (RFC 8441).</summary>
public sealed class Http2Tests : IAsyncLifetime
{
    private readonly WebApplication _app;

    public Http2Tests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.MapSocketIO().Of("/").On("echo", (e, _) =>
        {
            e.Ack(e.Arguments);
            return ValueTask.CompletedTask;
        });
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_websocket_opens_over_http2()
    {
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpClient();
        await socket.ConnectAsync(new Uri($"ws://{Address}/socket.io/?EIO=4&transport=websocket"), invoker, Cancellation);
        Assert.StartsWith("0{", await ReceiveAsync(socket), StringComparison.Ordinal);
        await SendAsync(socket, "40");
        Assert.StartsWith("40{", await ReceiveAsync(socket), StringComparison.Ordinal);
        await SendAsync(socket, "421[\"echo\",1]");
        Assert.Equal("431[1]", await ReceiveAsync(socket));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_websockets()
    {
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpClient();
        await socket.ConnectAsync(new Uri($"ws://{Address}/socket.io/?EIO=4&transport=websocket"), invoker, Cancellation);
        await ReceiveAsync(socket);
        var stopping = _app.StopAsync(Cancellation);
        var received = await socket.ReceiveAsync(new byte[100], Cancellation);
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        Assert.Equal((int)WebSocketCloseStatus.EndpointUnavailable, (int)socket.CloseStatus!);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        await stopping;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Address =>
        new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, Cancellation);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
}
