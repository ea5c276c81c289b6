using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Protocol;

public sealed class BinaryTests(HostUnderTest host)
{
    private const string First = "{\"_placeholder\":true,\"num\":0}";
    private const string Second = "{\"_placeholder\":true,\"num\":1}";

    [Theory, OverBothTransports]
    public async Task Attachments_come_back_behind_their_header(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        await client.Engine.SendAsync($"452-[\"message\",{First},{Second}]", new byte[] { 1, 2, 3 }, new byte[] { 4, 5, 6 });
        Assert.Equal($"452-[\"message-back\",{First},{Second}]", await client.NextAsync());
        Assert.Equal([1, 2, 3], (await client.Engine.NextAsync()).Bytes!);
        Assert.Equal([4, 5, 6], (await client.Engine.NextAsync()).Bytes!);
    }

    [Theory, OverBothTransports]
    public async Task An_ack_carries_attachments_too(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        await client.Engine.SendAsync($"452-789[\"message-with-ack\",{First},{Second}]", new byte[] { 1 }, new byte[] { 2 });
        Assert.Equal($"462-789[{First},{Second}]", await client.NextAsync());
        Assert.Equal([1], (await client.Engine.NextAsync()).Bytes!);
        Assert.Equal([2], (await client.Engine.NextAsync()).Bytes!);
    }

    [Theory, OverBothTransports]
    public async Task A_custom_namespace_carries_attachments_too(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, @namespace: "/custom");
        await client.Engine.SendAsync($"451-/custom,[\"message\",{First}]", new byte[] { 1 });
        Assert.Equal($"451-/custom,[\"message-back\",{First}]", await client.NextAsync());
        Assert.Equal([1], (await client.Engine.NextAsync()).Bytes!);
    }

    [Theory, OverBothTransports]
    public async Task Placeholders_lie_as_deep_as_the_sender_put_them(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        await client.Engine.SendAsync($"451-[\"message\",{{\"a\":[{{\"b\":{First}}}]}},\"x\"]", new byte[] { 9 });
        Assert.Equal($"451-[\"message-back\",{{\"a\":[{{\"b\":{First}}}]}},\"x\"]", await client.NextAsync());
        Assert.Equal([9], (await client.Engine.NextAsync()).Bytes!);
    }

    [Theory, OverBothTransports]
    public async Task Text_that_only_looks_like_a_placeholder_stays_text(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        await client.EmitAsync("[\"message\",\"{\\\"_placeholder\\\":true,\\\"num\\\":0}\"]");
        Assert.Equal("42[\"message-back\",\"{\\\"_placeholder\\\":true,\\\"num\\\":0}\"]", await client.NextAsync());
    }

    [Theory, OverBothTransports]
    public async Task Text_between_a_header_and_its_attachments_closes(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.Engine.TrySendAsync($"452-[\"message\",{First},{Second}]", new byte[] { 1 }, "42[\"message\",1]");
        await client.Engine.ClosedAsync();
    }

    [Theory, OverBothTransports]
    public async Task An_attachment_out_of_place_closes(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.Engine.TrySendAsync(new byte[] { 1 });
        await client.Engine.ClosedAsync();
    }

    [Theory, OverBothTransports]
    public async Task One_attachment_too_many_closes(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.Engine.TrySendAsync($"451-[\"message\",{First}]", new byte[] { 1 }, new byte[] { 2 });
        await client.Engine.ClosedAsync();
    }

    [Theory, OverBothTransports]
    public async Task A_ping_between_a_header_and_its_attachments_is_no_intruder(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.Engine.SendAsync($"451-1[\"message-with-ack\",{First}]");
        // A pong is a packet of the engine, below the packets of Socket.IO.
        await client.Engine.SendAsync("3");
        await client.Engine.SendAsync(new byte[] { 7 });
        Assert.Equal($"461-1[{First}]", await client.NextAsync());
        Assert.Equal([7], (await client.Engine.NextAsync()).Bytes!);
    }
}
