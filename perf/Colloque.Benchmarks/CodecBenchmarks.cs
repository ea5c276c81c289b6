using System.Text;
using BenchmarkDotNet.Attributes;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Engine;
using SocketIO.AspNetCore.Protocol;

namespace Colloque.Benchmarks;

/// <summary>What one packet costs: decoding, encoding, and the websocket's own part.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private static readonly PacketLimits _limits = new(10, 256, 64, 256, 16_384);

    private readonly byte[] _chat = Encoding.UTF8.GetBytes(
        """2/consultations,17["chat.send",{"consultationId":"0199a0aa-1111-7222-8333-444455556666","clientMsgId":"0199a0aa-1111-7222-8333-444455556667","text":"Bonjour docteur, la douleur est moins forte ce matin."}]""");

    private readonly byte[] _binary = Encoding.UTF8.GetBytes(
        """52-["upload",{"_placeholder":true,"num":0},{"name":"x","data":{"_placeholder":true,"num":1}}]""");

    private readonly byte[] _payload = new byte[256];
    private readonly Message _message = new("0199a0aa-1111-7222-8333-444455556666", 42, "Bonjour docteur, la douleur est moins forte ce matin.");

    [Benchmark]
    public bool DecodeChatMessage() => PacketDecoder.TryDecode(_chat, _limits, ArgumentScanner.Current, out _);

    [Benchmark]
    public bool DecodeBinaryHeader() => PacketDecoder.TryDecode(_binary, _limits, ArgumentScanner.Current, out _);

    [Benchmark]
    public EventArguments CopyArguments()
    {
        PacketDecoder.TryDecode(_chat, _limits, ArgumentScanner.Current, out var packet);
        return EventArguments.Copy(packet.Payload, ArgumentScanner.Current, []);
    }

    [Benchmark]
    public EncodedPacket EncodeEvent() =>
        EncodedPacket.Event("/consultations,"u8, "chat.message", _message, BenchmarkJson.Default.Message, offset: null);

    [Benchmark]
    public EncodedPacket EncodeAck() =>
        EncodedPacket.Ack("/consultations,"u8, 17, _message, BenchmarkJson.Default.Message);

    [Benchmark]
    public void Unmask256Bytes() => new WebSocketFrameHeader(WebSocketOpcode.Text, true, 8, 256, 0x12345678).Unmask(_payload);
}
