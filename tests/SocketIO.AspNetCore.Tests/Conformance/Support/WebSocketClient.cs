using System.Net.WebSockets;
using System.Text;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

internal sealed class WebSocketClient : EngineClient
{
    private readonly ClientWebSocket _socket = new() { Options = { KeepAliveInterval = TimeSpan.Zero, Proxy = null } };

    /// <summary>Opens a session; its open packet is read.</summary>
    public static async Task<WebSocketClient> OpenAsync(Uri endpoint)
    {
        var client = await ConnectAsync(endpoint, "?EIO=4&transport=websocket");
        client.Open = ReadOpen(await client.ReadAsync());
        return client;
    }

    /// <summary>Opens the connection alone, for a probe or a handshake that should fail.</summary>
    public static async Task<WebSocketClient> ConnectAsync(Uri endpoint, string query)
    {
        var client = new WebSocketClient();
        using var limit = new CancellationTokenSource(Patience);
        await client._socket.ConnectAsync(new UriBuilder(new Uri(endpoint, query)) { Scheme = "ws" }.Uri, limit.Token);
        return client;
    }

    public override async Task<bool> TrySendAsync(params EnginePacket[] packets)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            foreach (var packet in packets)
            {
                var (bytes, type) = packet.Text is { } text
                    ? (EnginePacket.Utf8(text), WebSocketMessageType.Text)
                    : (packet.Bytes!, WebSocketMessageType.Binary);
                await _socket.SendAsync(bytes, type, endOfMessage: true, limit.Token);
            }

            return true;
        }
        catch (Exception closed) when (closed is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    public override async Task<EnginePacket?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, limit.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    return part.MessageType == WebSocketMessageType.Text
                        ? Encoding.UTF8.GetString(message.ToArray())
                        : message.ToArray();
                }
            }
        }
        catch (Exception closed) when (closed is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Why the server closed, once it has.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public override ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
