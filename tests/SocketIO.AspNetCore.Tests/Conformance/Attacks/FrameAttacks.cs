using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>CVE-2022-21676, CVE-2016-10518, CVE-2016-10542, CVE-2026-48779: websocket frames no proper client sends.</summary>
public sealed class FrameAttacks(AttackedHost host) : Attack(host)
{
    private const int ProtocolError = 1002;
    private const int InvalidText = 1007;
    private const int PolicyViolation = 1008;
    private const int TooBig = 1009;

    /// <summary>What is wrong, and the bytes that are. Names, because test cases are told apart by them.</summary>
    private static readonly Dictionary<string, (int Status, byte[] Bytes)> Broken = new()
    {
        ["RSV1"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Text, "3"u8, reserved: 4)),
        ["RSV2"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Text, "3"u8, reserved: 2)),
        ["RSV3"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Ping, "3"u8, reserved: 1)),
        ["unmasked"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Text, "3"u8, masked: false)),
        ["unmasked ping"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Ping, "3"u8, masked: false)),
        ["ping of 126 bytes"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Ping, new byte[126])),
        ["pong of 70,000 bytes"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Pong, new byte[70_000])),
        ["close of 126 bytes"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Close, [3, 232, .. new byte[124]])),
        ["ping in fragments"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Ping, "3"u8, final: false)),
        ["opcode 3"] = (ProtocolError, WebSocketFrame.Encode(3, "3"u8)),
        ["opcode 7"] = (ProtocolError, WebSocketFrame.Encode(7, "3"u8)),
        ["opcode 11"] = (ProtocolError, WebSocketFrame.Encode(11, "3"u8)),
        ["opcode 15"] = (ProtocolError, WebSocketFrame.Encode(15, "3"u8)),
        ["continuation of nothing"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Continuation, "3"u8)),
        ["text inside a text"] = (ProtocolError, [.. WebSocketFrame.Encode(WebSocketFrame.Text, "4"u8, final: false), .. WebSocketFrame.Encode(WebSocketFrame.Text, "4"u8)]),
        ["close of one byte"] = (ProtocolError, WebSocketFrame.Encode(WebSocketFrame.Close, [3])),
        ["length with its top bit set"] = (ProtocolError, [0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
        ["length of 2^62"] = (TooBig, [0x81, 0xFF, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ["length of 2^32 + 1"] = (TooBig, [0x82, 0xFF, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]),
        ["length one over the limit"] = (TooBig, [0x81, 0xFF, 0, 0, 0, 0, 0, 0x0F, 0x42, 0x42, 0, 0, 0, 0]),
        ["text that is no UTF-8"] = (InvalidText, WebSocketFrame.Encode(WebSocketFrame.Text, [(byte)'4', (byte)'2', 0xC0, 0xAF])),
        ["text that ends inside a character"] = (InvalidText, WebSocketFrame.Encode(WebSocketFrame.Text, [(byte)'4', (byte)'2', 0xF0, 0x9F])),
        ["garbage"] = (ProtocolError, [.. Enumerable.Repeat((byte)0xFF, 4096)]),
    };

    public static TheoryData<string> BrokenFrames() => [.. Broken.Keys];

    [Theory, MemberData(nameof(BrokenFrames))]
    public async Task A_broken_frame_closes_its_connection(string which)
    {
        await using var connection = await Host.ConnectRawAsync();
        await connection.TrySendAsync(Broken[which].Bytes);
        ClosedWith(Broken[which].Status, await connection.ClosedAsync());
    }

    [Theory, MemberData(nameof(BrokenFrames))]
    public async Task A_broken_frame_sent_along_with_the_handshake_closes_its_connection(string which)
    {
        var endpoint = await Host.AtAsync();
        await using var connection = await RawConnection.OpenAsync(endpoint);
        await connection.TrySendAsync([.. EnginePacket.Utf8(RawConnection.UpgradeRequest(endpoint, "?EIO=4&transport=websocket")), .. Broken[which].Bytes]);
        if ((await connection.ReadHeadAsync()).Status == 101)
        {
            await connection.ClosedAsync();
        }
    }

    [Theory, MemberData(nameof(BrokenFrames))]
    public async Task A_broken_frame_instead_of_a_probe_leaves_polling_alone(string which)
    {
        var endpoint = await Host.AtAsync("/engine.io/");
        var polling = await PollingClient.OpenAsync(endpoint);
        await using var connection = await RawConnection.OpenAsync(endpoint);
        await connection.TrySendAsync([.. EnginePacket.Utf8(RawConnection.UpgradeRequest(endpoint, $"?EIO=4&transport=websocket&sid={polling.Open.Sid}")), .. Broken[which].Bytes]);
        await connection.ReadHeadAsync();
        await connection.ClosedAsync();
        await polling.SendAsync("4still");
        while ((await polling.NextAsync()).Text is var text && text != "4still")
        {
            Assert.Equal("6", text);
        }
    }

    [Fact]
    public async Task Sixty_thousand_fragments_of_one_byte_are_cut_short()
    {
        await using var connection = await Host.ConnectRawAsync();
        var fragment = WebSocketFrame.Encode(WebSocketFrame.Continuation, "x"u8, final: false);
        byte[] flood = [.. WebSocketFrame.Encode(WebSocketFrame.Text, "4"u8, final: false), .. Enumerable.Repeat(fragment, 60_000).SelectMany(bytes => bytes)];
        await connection.TrySendAsync(flood);
        ClosedWith(PolicyViolation, await connection.ClosedAsync());
    }

    [Fact]
    public async Task Empty_fragments_without_end_are_cut_short()
    {
        await using var connection = await Host.ConnectRawAsync();
        var fragment = WebSocketFrame.Encode(WebSocketFrame.Continuation, [], final: false);
        byte[] flood = [.. WebSocketFrame.Encode(WebSocketFrame.Binary, [], final: false), .. Enumerable.Repeat(fragment, 100_000).SelectMany(bytes => bytes)];
        await connection.TrySendAsync(flood);
        ClosedWith(PolicyViolation, await connection.ClosedAsync());
    }

    [Fact]
    public async Task Fragments_that_add_up_to_too_much_are_cut_short()
    {
        await using var connection = await Host.ConnectRawAsync();
        var opcode = WebSocketFrame.Text;
        for (var sent = 0; sent < 40 && await connection.TrySendAsync(WebSocketFrame.Encode(opcode, new byte[50_000], final: false)); sent++)
        {
            opcode = WebSocketFrame.Continuation;
        }

        ClosedWith(TooBig, await connection.ClosedAsync());
    }

    [Fact]
    public async Task A_ping_of_125_bytes_gets_its_own_bytes_back()
    {
        await using var connection = await Host.ConnectRawAsync();
        byte[] payload = [.. Enumerable.Range(0, 125).Select(n => (byte)n)];
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Ping, payload));
        var frame = await connection.ReadFrameAsync();
        while (frame is { Opcode: not WebSocketFrame.Pong })
        {
            frame = await connection.ReadFrameAsync();
        }

        Assert.Equal(payload, frame!.Payload);
    }

    [Fact]
    public async Task A_message_in_fragments_with_a_ping_between_them_is_put_together()
    {
        await using var connection = await Host.ConnectRawAsync();
        await connection.SendAsync(
        [
            .. WebSocketFrame.Encode(WebSocketFrame.Text, "421[\"message-"u8, final: false),
            .. WebSocketFrame.Encode(WebSocketFrame.Ping, "p"u8),
            .. WebSocketFrame.Encode(WebSocketFrame.Continuation, [.. "with-ack\",\""u8, 0xC3], final: false),
            .. WebSocketFrame.Encode(WebSocketFrame.Continuation, [0xA9, .. "\"]"u8]),
        ]);
        var seen = new List<string>();
        while (seen.Count < 2)
        {
            var frame = await connection.ReadFrameAsync();
            if (frame!.ToString() != "2")
            {
                seen.Add(frame.ToString());
            }
        }

        Assert.Equal(["p", "431[\"é\"]"], seen);
    }

    [Theory]
    [InlineData(WebSocketFrame.Ping)]
    [InlineData(WebSocketFrame.Pong)]
    public async Task A_flood_of_control_frames_costs_its_sender_only(int opcode)
    {
        await using var connection = await Host.ConnectRawAsync();
        var frame = WebSocketFrame.Encode(opcode, new byte[125]);
        byte[] thousand = [.. Enumerable.Repeat(frame, 1_000).SelectMany(bytes => bytes)];
        // 400,000 frames whose answers nobody reads: the server stops reading, or closes, before they fill its memory.
        for (var sent = 0; sent < 400 && await connection.TrySendAsync(thousand); sent++)
        {
        }
    }

    [Fact]
    public async Task A_close_frame_that_nobody_answers_does_not_keep_the_connection()
    {
        await using var connection = await Host.ConnectRawAsync();
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Text, "42[\"bye\",true]"u8));
        await connection.ClosedAsync();
        // Never answered: the server hangs up by itself.
        while (await connection.ReadFrameAsync() is not null)
        {
        }
    }

    /// <summary>The server says why before it hangs up, also to who never stops talking.</summary>
    private static void ClosedWith(int status, int? actual) => Assert.Equal(status, actual);
}
