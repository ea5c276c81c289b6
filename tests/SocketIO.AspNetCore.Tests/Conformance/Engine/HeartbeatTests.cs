using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Engine;

public sealed class HeartbeatTests(HostUnderTest host)
{
    [Theory, OverBothTransports]
    public async Task The_server_pings_again_after_every_pong(Transport transport)
    {
        await using var client = await host.OpenAsync(transport);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal("2", (await client.ReadAsync())?.Text);
            await client.SendAsync("3");
        }

        await client.SendAsync("4alive");
        Assert.Equal("4alive", (await client.NextAsync()).Text);
    }

    [Theory, OverBothTransports]
    public async Task A_client_that_keeps_silent_is_closed_after_one_ping(Transport transport)
    {
        await using var client = await host.OpenAsync(transport);
        Assert.Equal("2", (await client.ReadAsync())?.Text);
        Assert.Null(await client.ReadAsync());
    }

    [Theory, OverBothTransports]
    public async Task Messages_are_no_substitute_for_a_pong(Transport transport)
    {
        await using var client = await host.OpenAsync(transport);
        client.AnswersPings = false;
        // Each echo invites the next message, so the client is never silent; only the missing pong can end this.
        while (await client.TrySendAsync("4busy") && await client.NextOrCloseAsync() is not null)
        {
        }
    }

    [Theory, OverBothTransports]
    public async Task A_pong_nobody_asked_for_does_no_harm(Transport transport)
    {
        await using var client = await host.OpenAsync(transport);
        await client.SendAsync("3", "3");
        await client.SendAsync("4alive");
        Assert.Equal("4alive", (await client.NextAsync()).Text);
    }
}
