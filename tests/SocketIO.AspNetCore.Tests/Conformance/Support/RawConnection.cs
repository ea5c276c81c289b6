using System.Net.Sockets;
using System.Text;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>A TCP connection for what no proper client would send.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly byte[] _one = new byte[1];

    private RawConnection()
    {
    }

    private NetworkStream Stream => _tcp.GetStream();

    public static async Task<RawConnection> OpenAsync(Uri host)
    {
        var connection = new RawConnection();
        await connection._tcp.ConnectAsync(host.Host, host.Port);
        return connection;
    }

    /// <summary>A connection upgraded to a WebSocket on a new session; the open packet is read.</summary>
    public static async Task<RawConnection> UpgradeAsync(Uri endpoint, string extraHeaders = "")
    {
        var connection = await OpenAsync(endpoint);
        await connection.SendAsync(UpgradeRequest(endpoint, "?EIO=4&transport=websocket", extraHeaders));
        Assert.Equal(101, (await connection.ReadHeadAsync()).Status);
        Assert.Equal(WebSocketFrame.Text, (await connection.ReadFrameAsync())?.Opcode);
        return connection;
    }

    public static string UpgradeRequest(Uri endpoint, string query, string extraHeaders = "", string protocol = "websocket") =>
        $"GET {endpoint.AbsolutePath}{query} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\n"
        + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{extraHeaders}\r\n";

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        using var limit = new CancellationTokenSource(EngineClient.Patience);
        await Stream.WriteAsync(bytes, limit.Token);
    }

    /// <summary>Sends unless the server has closed meanwhile.</summary>
    public async Task<bool> TrySendAsync(byte[] bytes)
    {
        try
        {
            await SendAsync(bytes);
            return true;
        }
        catch (Exception closed) when (closed is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Status and header lines of an HTTP answer; status 0 when the server hung up instead.</summary>
    public async Task<(int Status, string Headers)> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!EndsHead(head))
        {
            if (await ReadByteAsync() is not { } next)
            {
                return (0, head.ToString());
            }

            head.Append((char)next);
        }

        var text = head.ToString();
        return (int.Parse(text.AsSpan("HTTP/1.1 ".Length, 3)), text);
    }

    /// <summary>The next frame of the server; null once it has hung up.</summary>
    public async Task<WebSocketFrame?> ReadFrameAsync()
    {
        if (await ReadByteAsync() is not { } first || await ReadByteAsync() is not { } second)
        {
            return null;
        }

        Assert.Equal(0, second & 0x80); // a server never masks
        var extended = (second & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
        long length = extended == 0 ? second & 0x7F : 0;
        for (var left = extended; left > 0; left--)
        {
            length = (length << 8) | (byte)(await ReadByteAsync() ?? 0);
        }

        var payload = new byte[length];
        using var limit = new CancellationTokenSource(EngineClient.Patience);
        await Stream.ReadExactlyAsync(payload, limit.Token);
        return new WebSocketFrame(first & 0x0F, payload);
    }

    /// <summary>The status of the server's close frame, or null when it hung up without one. Pings of the session are answered.</summary>
    public async Task<int?> ClosedAsync()
    {
        try
        {
            while (await ReadFrameAsync() is { } frame)
            {
                if (frame.Opcode == WebSocketFrame.Close)
                {
                    return frame.Payload.Length >= 2 ? (frame.Payload[0] << 8) | frame.Payload[1] : null;
                }

                if (frame is { Opcode: WebSocketFrame.Text, Payload: [(byte)'2'] })
                {
                    await TrySendAsync(WebSocketFrame.Encode(WebSocketFrame.Text, "3"u8));
                }
            }
        }
        catch (Exception cut) when (cut is IOException or InvalidOperationException)
        {
            // A reset is a close too.
        }

        return null;
    }

    /// <summary>Ends the connection with a reset instead of a goodbye.</summary>
    public void Reset()
    {
        _tcp.LingerState = new LingerOption(enable: true, seconds: 0);
        _tcp.Close();
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte?> ReadByteAsync()
    {
        using var limit = new CancellationTokenSource(EngineClient.Patience);
        try
        {
            return await Stream.ReadAsync(_one, limit.Token) == 0 ? null : _one[0];
        }
        catch (Exception closed) when (closed is IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool EndsHead(StringBuilder head) =>
        head.Length >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';
}
