using System.Text;
using System.Text.Json;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore.Tests.Protocol;

public sealed class EventArgumentsTests
{
    private static readonly EventArguments _mixed = new EventArgumentsBuilder()
        .AddBinary(new byte[] { 1 })
        .AddJson("\"text\""u8)
        .AddBinary(new byte[] { 2 })
        .Build();

    [Fact]
    public void Dropping_an_argument_drops_its_attachment_and_renumbers_the_rest()
    {
        var rest = _mixed.Skip(1);
        Assert.Equal("""
            "text",{"_placeholder":true,"num":0}
            """.Trim(), Text(rest.Json));
        Assert.Equal([2], Assert.Single(rest.Attachments).ToArray());
    }

    [Fact]
    public void Taking_the_first_keeps_its_attachment_alone()
    {
        var first = _mixed.Take(1);
        Assert.Equal([1], Assert.Single(first.Attachments).ToArray());
        Assert.Single(first);
    }

    [Fact]
    public void An_argument_can_be_wrapped_with_its_attachment()
    {
        var wrapped = new EventArgumentsBuilder().AddProperty("answer", _mixed, 2).Build();
        Assert.Equal("""{"answer":{"_placeholder":true,"num":0}}""", Text(wrapped.Json));
        Assert.Equal([2], Assert.Single(wrapped.Attachments).ToArray());
    }

    [Fact]
    public void Skipping_more_than_there_is_leaves_nothing() => Assert.Empty(_mixed.Skip(9));

    [Theory]
    [InlineData("1 2")]
    [InlineData("{")]
    [InlineData("")]
    public void What_is_not_one_json_value_is_not_added(string json) =>
        Assert.ThrowsAny<JsonException>(() => new EventArgumentsBuilder().AddJson(Encoding.UTF8.GetBytes(json)));

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
