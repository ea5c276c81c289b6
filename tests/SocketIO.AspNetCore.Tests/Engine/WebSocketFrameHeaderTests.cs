using System.Buffers.Binary;
using SocketIO.AspNetCore.Engine;

namespace SocketIO.AspNetCore.Tests.Engine;

public sealed class WebSocketFrameHeaderTests
{
    [Fact]
    public void Unmasking_is_the_same_for_all_lengths_and_places()
    {
        var random = new Random(3);
        for (var length = 0; length < 200; length++)
        {
            var payload = new byte[length + 3];
            random.NextBytes(payload);
            var mask = (uint)random.NextInt64(uint.MaxValue);
            var key = BitConverter.GetBytes(mask);
            byte[] expected = [.. payload.Skip(3).Select((b, i) => (byte)(b ^ key[i & 3]))];
            new WebSocketFrameHeader(WebSocketOpcode.Text, true, 6, length, mask).Unmask(payload.AsSpan(3));
            Assert.Equal(expected, payload[3..]);
        }
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void What_the_server_frames_has_the_length_it_says(int length)
    {
        var framed = Frame.Text(new byte[length]).Framed.ToArray();
        framed[1] |= 0x80; // as if masked with zeros, which the reader demands
        var headerLength = framed.Length - length;
        byte[] masked = [.. framed[..headerLength], 0, 0, 0, 0, .. framed[headerLength..]];
        Assert.True(WebSocketFrameHeader.TryRead(masked, 1_000_000, out var header, out _));
        Assert.Equal(length, header.PayloadLength);
        Assert.Equal(headerLength + 4, header.HeaderLength);
        Assert.True(header.IsFinal);
    }

    [Fact]
    public void A_header_that_is_not_whole_waits_for_the_rest()
    {
        byte[] whole = [0x81, 0xFE, 0x01, 0x00, 1, 2, 3, 4];
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(WebSocketFrameHeader.TryRead(whole.AsSpan(0, length), 1000, out _, out var violation));
            Assert.Equal(0, violation);
        }

        Assert.True(WebSocketFrameHeader.TryRead(whole, 1000, out _, out _));
    }

    [Theory]
    [InlineData(0xC1, 0x80)] // RSV1
    [InlineData(0xA1, 0x80)] // RSV2
    [InlineData(0x91, 0x80)] // RSV3
    [InlineData(0x81, 0x01)] // not masked
    [InlineData(0x83, 0x80)] // reserved opcodes
    [InlineData(0x8B, 0x80)]
    [InlineData(0x89, 0xFE)] // a ping of more than 125 bytes
    [InlineData(0x09, 0x80)] // a fragmented ping
    public void A_frame_against_the_rules_is_refused_from_its_first_bytes(byte first, byte second)
    {
        Assert.False(WebSocketFrameHeader.TryRead([first, second], 1000, out _, out var violation));
        Assert.Equal(WebSocketStatus.ProtocolError, violation);
    }

    [Theory]
    [InlineData(125UL)]
    [InlineData(65_535UL)]
    [InlineData(ulong.MaxValue)]
    public void A_length_is_written_the_shortest_way_and_without_its_top_bit(ulong length)
    {
        var header = new byte[14];
        header[0] = 0x81;
        header[1] = 0xFF;
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), length);
        Assert.False(WebSocketFrameHeader.TryRead(header, 1000, out _, out var violation));
        Assert.Equal(WebSocketStatus.ProtocolError, violation);
    }

    [Fact]
    public void A_frame_over_the_bound_is_refused_before_its_bytes_come()
    {
        Assert.False(WebSocketFrameHeader.TryRead([0x81, 0xFE, 0x03, 0xE9, 0, 0, 0, 0], 1000, out _, out var violation));
        Assert.Equal(WebSocketStatus.TooBig, violation);
    }
}
