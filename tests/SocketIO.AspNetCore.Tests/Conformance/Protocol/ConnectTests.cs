using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Protocol;

public sealed class ConnectTests(HostUnderTest host)
{
    [Theory, OverBothTransports]
    public async Task The_main_namespace_answers_with_the_single_key_sid_and_the_greeting_follows(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        Assert.Equal("sid", Assert.Single(client.Answer.EnumerateObject()).Name);
        Assert.NotEqual(client.Engine.Open.Sid, client.Id);
    }

    [Theory, OverBothTransports]
    public async Task Without_a_payload_the_handler_sees_an_empty_object(Transport transport)
    {
        await using var engine = await host.OpenAsync(transport, HostUnderTest.Plain);
        await engine.SendAsync("40");
        Assert.StartsWith("40{\"sid\":\"", (await engine.NextAsync()).Text);
        Assert.Equal("42[\"auth\",{}]", (await engine.NextAsync()).Text);
    }

    [Theory, OverBothTransports]
    public async Task A_payload_reaches_the_handler_as_it_was_sent(Transport transport)
    {
        await using var engine = await host.OpenAsync(transport, HostUnderTest.Plain);
        await engine.SendAsync("40{\"token\":\"123\"}");
        Assert.StartsWith("40{\"sid\":\"", (await engine.NextAsync()).Text);
        Assert.Equal("42[\"auth\",{\"token\":\"123\"}]", (await engine.NextAsync()).Text);
    }

    [Theory, OverBothTransports]
    public async Task A_custom_namespace_is_joined_with_its_comma_or_without(Transport transport)
    {
        foreach (var connect in new[] { "40/custom,", "40/custom" })
        {
            await using var engine = await host.OpenAsync(transport, HostUnderTest.Plain);
            await engine.SendAsync(connect);
            Assert.StartsWith("40/custom,{\"sid\":\"", (await engine.NextAsync()).Text);
            Assert.Equal("42/custom,[\"auth\",{}]", (await engine.NextAsync()).Text);
        }
    }

    [Theory, OverBothTransports]
    public async Task A_custom_namespace_takes_a_payload_too(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, @namespace: "/custom", auth: "{\"token\":\"abc\"}");
        await client.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task An_unknown_namespace_is_refused_exactly_and_the_transport_stays_open(Transport transport)
    {
        await using var engine = await host.OpenAsync(transport, HostUnderTest.Plain);
        await engine.SendAsync("40/random");
        Assert.Equal("44/random,{\"message\":\"Invalid namespace\"}", (await engine.NextAsync()).Text);
        var client = new SocketClient(engine);
        await client.ConnectAsync();
        await client.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task A_refused_middleware_says_so_with_its_data_and_a_second_try_works(Transport transport)
    {
        await using var engine = await host.OpenAsync(transport, HostUnderTest.Real);
        await engine.SendAsync("40/secure,{\"token\":\"bad\"}");
        Assert.Equal("44/secure,{\"message\":\"unauthorized\",\"data\":{\"code\":401}}", (await engine.NextAsync()).Text);
        await engine.SendAsync("40/secure,{\"token\":\"good\"}");
        Assert.StartsWith("40/secure,{\"sid\":\"", (await engine.NextAsync()).Text);
        await engine.SendAsync("42/secure,7[\"whoami\"]");
        Assert.Equal("43/secure,7[{\"token\":\"good\"}]", (await engine.NextAsync()).Text);
    }

    [Theory, OverBothTransports]
    public async Task Who_never_connects_is_closed(Transport transport)
    {
        await using var engine = await host.OpenAsync(transport, HostUnderTest.Plain);
        await engine.ClosedAsync();
    }

    [Theory, OverBothTransports]
    public async Task Who_connects_to_an_unknown_namespace_only_is_closed(Transport transport)
    {
        await using var engine = await host.OpenAsync(transport, HostUnderTest.Plain);
        await engine.SendAsync("40/random");
        await engine.ClosedAsync();
    }

    [Theory, OverBothTransports]
    public async Task Leaving_one_namespace_gets_no_answer_and_leaves_the_other_alone(Transport transport)
    {
        foreach (var leave in new[] { "41/custom,", "41/custom" })
        {
            await using var engine = await host.OpenAsync(transport, HostUnderTest.Plain);
            var root = new SocketClient(engine);
            await root.ConnectAsync();
            await new SocketClient(engine, "/custom").ConnectAsync();
            await engine.SendAsync(leave);
            await root.WorksAsync();
        }
    }

    [Theory, OverBothTransports]
    public async Task Leaving_the_last_namespace_keeps_the_transport_open(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Plain);
        await client.Engine.SendAsync("41");
        Assert.Equal("2", (await client.Engine.ReadAsync())?.Text);
    }

    [Theory, OverBothTransports]
    public async Task Who_left_a_namespace_may_come_back_under_another_id(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        var before = client.Id;
        await client.Engine.SendAsync("41");
        await client.ConnectAsync();
        Assert.NotEqual(before, client.Id);
        await client.WorksAsync();
    }
}
