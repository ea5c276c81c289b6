using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Engine;

/// <summary>What RFC 6455 asks of a server, as browsers make use of it.</summary>
public sealed class WebSocketTests(HostUnderTest host)
{
    [Theory]
    [InlineData("keep-alive, Upgrade", "websocket")]
    [InlineData("upgrade", "WebSocket")]
    [InlineData("Upgrade", "websocket")]
    public async Task A_handshake_is_known_however_a_browser_writes_it(string connectionHeader, string upgrade)
    {
        var endpoint = await host.AtAsync(HostUnderTest.Engine);
        await using var connection = await RawConnection.OpenAsync(endpoint);
        await connection.SendAsync(
            $"GET {endpoint.AbsolutePath}?EIO=4&transport=websocket&t=abc HTTP/1.1\r\nHost: x\r\nConnection: {connectionHeader}\r\nUpgrade: {upgrade}\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n");
        var (status, headers) = await connection.ReadHeadAsync();
        Assert.Equal(101, status);
        // The example of RFC 6455, section 1.3.
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", headers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("permessage-deflate", headers, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("0{", (await connection.ReadFrameAsync())!.ToString());
    }

    [Fact]
    public async Task A_close_frame_is_answered_with_its_status_and_the_connection_ends()
    {
        await using var connection = await RawConnection.UpgradeAsync(await host.AtAsync(HostUnderTest.Real));
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Close, [3, 232]));
        Assert.Equal(1000, await connection.ClosedAsync());
        Assert.Null(await connection.ReadFrameAsync());
    }

    [Fact]
    public async Task Frames_that_arrive_byte_by_byte_are_frames()
    {
        await using var connection = await RawConnection.UpgradeAsync(await host.AtAsync(HostUnderTest.Real));
        foreach (var part in WebSocketFrame.Encode(WebSocketFrame.Text, "40"u8))
        {
            await connection.SendAsync([part]);
        }

        Assert.StartsWith("40{", (await connection.ReadFrameAsync())!.ToString());
    }

    [Fact]
    public async Task Many_frames_in_one_segment_are_all_read()
    {
        await using var connection = await RawConnection.UpgradeAsync(await host.AtAsync(HostUnderTest.Engine));
        await connection.SendAsync([.. Enumerable.Range(0, 500).SelectMany(n => WebSocketFrame.Encode(WebSocketFrame.Text, EnginePacket.Utf8($"4{n}")))]);
        for (var n = 0; n < 500;)
        {
            if ((await connection.ReadFrameAsync())!.ToString() is var text && text != "2")
            {
                Assert.Equal($"4{n++}", text);
            }
        }
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(999_999)]
    public async Task Every_size_of_length_field_is_read_and_written(int length)
    {
        await using var client = await host.OpenAsync(Transport.WebSocket);
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)length);
        await client.SendAsync(bytes);
        Assert.Equal(bytes, (await client.NextAsync()).Bytes!);
    }
}
