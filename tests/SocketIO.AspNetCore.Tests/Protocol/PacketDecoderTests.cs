using System.Text;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore.Tests.Protocol;

public sealed class PacketDecoderTests
{
    private static readonly PacketLimits _limits = new(10, 256, 64, 256, 1024);

    [Theory]
    [InlineData("0")]
    [InlineData("""0{"token":"1"}""")]
    [InlineData("0/custom")]
    [InlineData("0/custom,")]
    [InlineData("""0/custom,{"a":[{}]}""")]
    [InlineData("1")]
    [InlineData("1/custom")]
    [InlineData("""2["a"]""")]
    [InlineData("""2[1]""")]
    [InlineData("""2[-1.5e3]""")]
    [InlineData("""20["a"]""")]
    [InlineData("""29007199254740991["a"]""")]
    [InlineData("""2/custom,12["a",null,true,[[]],{"_placeholder":true,"num":0}]""")]
    [InlineData("""30[]""")]
    [InlineData("""3/custom,1["x"]""")]
    [InlineData("""51-["a",{"_placeholder":true,"num":0}]""")]
    [InlineData("""52-/custom,7["a",{"x":[{"num":1,"_placeholder":true}]},{"_placeholder":true,"num":0}]""")]
    [InlineData("""51-["a",{"_placeholder":false,"num":0},{"_placeholder":true,"num":0}]""")]
    [InlineData("""61-1[{"_placeholder":true,"num":0}]""")]
    public void What_is_a_packet_is_taken(string text) => Assert.True(Decodes(text), text);

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("a")]
    [InlineData("2")]
    [InlineData("2{}")]
    [InlineData("2[]")]
    [InlineData("""2["a" """)]
    [InlineData("""2["a"]x""")]
    [InlineData("""2["a"],["b"]""")]
    [InlineData("""2[{"toString":"foo"}]""")]
    [InlineData("2[null]")]
    [InlineData("2[true]")]
    [InlineData("2[[]]")]
    [InlineData("""2["connect"]""")]
    [InlineData("""2["connect_error"]""")]
    [InlineData("""2["disconnect"]""")]
    [InlineData("""2["dis\u0063onnect"]""")]
    [InlineData("""2["disconnecting"]""")]
    [InlineData("""2["newListener"]""")]
    [InlineData("""2["removeListener"]""")]
    [InlineData("""2["\ud800"]""")]
    [InlineData("""2["a",01]""")]
    [InlineData("""2["a",]""")]
    [InlineData("""2["a"/**/]""")]
    [InlineData("""200["a"]""")]
    [InlineData("""2007["a"]""")]
    [InlineData("""2+1["a"]""")]
    [InlineData("""2-1["a"]""")]
    [InlineData("""2 ["a"]""")]
    [InlineData("""29007199254740992["a"]""")]
    [InlineData("""299999999999999999999999["a"]""")]
    [InlineData("0[]")]
    [InlineData("0null")]
    [InlineData("0{")]
    [InlineData("01{}")]
    [InlineData("1{}")]
    [InlineData("3[]")]
    [InlineData("30{}")]
    [InlineData("30")]
    [InlineData("4")]
    [InlineData("""4{"message":"x"}""")]
    [InlineData("""50-["x"]""")]
    [InlineData("""5-["x"]""")]
    [InlineData("""501-["x",{"_placeholder":true,"num":0}]""")]
    [InlineData("""511-["x"]""")]
    [InlineData("""51000000-["x"]""")]
    [InlineData("""51["x",{"_placeholder":true,"num":0}]""")]
    [InlineData("""51-["x"]""")]
    [InlineData("""51-["x",{"_placeholder":true,"num":"splice"}]""")]
    [InlineData("""51-["x",{"_placeholder":true,"num":-1}]""")]
    [InlineData("""51-["x",{"_placeholder":true,"num":1.5}]""")]
    [InlineData("""51-["x",{"_placeholder":true,"num":1e9}]""")]
    [InlineData("""51-["x",{"_placeholder":true,"num":0e0}]""")]
    [InlineData("""51-["x",{"_placeholder":true,"num":1}]""")]
    [InlineData("""51-["x",{"_placeholder":true}]""")]
    [InlineData("""51-["x",{"_placeholder":true,"num":0,"more":1}]""")]
    [InlineData("""51-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]""")]
    [InlineData("""52-["x",{"_placeholder":true,"num":0}]""")]
    public void What_is_none_is_refused(string text) => Assert.False(Decodes(text), text);

    [Fact]
    public void Nesting_arguments_names_and_auth_are_bounded()
    {
        Assert.True(Decodes($"""2["a",{new string('[', 62)}{new string(']', 62)}]"""));
        Assert.False(Decodes($"""2["a",{new string('[', 64)}{new string(']', 64)}]"""));
        Assert.True(Decodes($"""2["a"{string.Concat(Enumerable.Repeat(",1", 256))}]"""));
        Assert.False(Decodes($"""2["a"{string.Concat(Enumerable.Repeat(",1", 257))}]"""));
        Assert.True(Decodes("0/" + new string('n', 255)));
        Assert.False(Decodes("0/" + new string('n', 256)));
        Assert.False(Decodes($$"""0{"a":"{{new string('x', 1024)}}"}"""));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var arguments = RandomArguments(random, depth: 3);
            var id = random.Next(2) == 0 ? Packet.NoId : random.NextInt64(9_007_199_254_740_992);
            var packet = EncodedPacket.Event("/n,"u8, id, "name \"é\u0001", arguments, offset: null);

            Assert.True(PacketDecoder.TryDecode(packet.Text.Span, _limits, ArgumentScanner.Current, out var decoded));
            Assert.Equal(id, decoded.Id);
            Assert.Equal("/n", Encoding.UTF8.GetString(decoded.Namespace));
            Assert.True(ArgumentScanner.Current.TryReadName(decoded.Payload, out var name));
            Assert.Equal("name \"é\u0001", Encoding.UTF8.GetString(name));
            var copy = EventArguments.Copy(decoded.Payload, ArgumentScanner.Current, [.. packet.Attachments]);
            Assert.Equal(Encoding.UTF8.GetString(arguments.Json.Span), Encoding.UTF8.GetString(copy.Json.Span));
            Assert.Equal(arguments.Attachments.Count, copy.Attachments.Count);
        }
    }

    [Fact]
    public void No_bytes_make_the_decoder_throw()
    {
        var random = new Random(2);
        byte[][] seeds =
        [
            .. new[]
            {
                """0/custom,{"token":"123"}""", """2/custom,12["a",null,true,[[]],{"x":"\u00e9"}]""", """61-1[{"_placeholder":true,"num":0}]""",
                """52-/custom,7["a",{"x":[{"num":1,"_placeholder":true}]},{"_placeholder":true,"num":0}]""",
            }.Select(Encoding.UTF8.GetBytes),
        ];
        for (var round = 0; round < 50_000; round++)
        {
            byte[] bytes = [.. seeds[random.Next(seeds.Length)]];
            for (var flips = random.Next(1, 5); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var text = bytes.AsSpan(0, random.Next(bytes.Length + 1));
            if (PacketDecoder.TryDecode(text, _limits, ArgumentScanner.Current, out var packet)
                && packet.Type is PacketType.Event or PacketType.BinaryEvent)
            {
                EventArguments.Copy(packet.Payload, ArgumentScanner.Current, new ReadOnlyMemory<byte>[packet.Attachments]);
            }
        }
    }

    private static bool Decodes(string text) =>
        PacketDecoder.TryDecode(Encoding.UTF8.GetBytes(text), _limits, ArgumentScanner.Current, out _);

    private static EventArguments RandomArguments(Random random, int depth)
    {
        var builder = new EventArgumentsBuilder();
        for (var count = random.Next(5); count > 0; count--)
        {
            if (random.Next(3) == 0)
            {
                builder.AddBinary(new byte[random.Next(4)]);
            }
            else
            {
                builder.AddJson(Encoding.UTF8.GetBytes(RandomJson(random, depth)));
            }
        }

        return builder.Build();
    }

    private static string RandomJson(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => "null",
        1 => "true",
        2 => random.Next().ToString(),
        3 => "\"é\\u0041\\\"\"",
        4 => "1.50e-7",
        5 => $"[{RandomJson(random, depth - 1)}, {RandomJson(random, depth - 1)}]",
        _ => $$"""{"k" :{{RandomJson(random, depth - 1)}}}""",
    };
}
