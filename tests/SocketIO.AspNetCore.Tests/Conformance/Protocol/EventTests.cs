using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Protocol;

public sealed class EventTests(HostUnderTest host)
{
    /// <summary>Arguments as JSON, each of which must come back byte for byte.</summary>
    public static TheoryData<Transport, string> Arguments()
    {
        var data = new TheoryData<Transport, string>();
        foreach (var transport in Enum.GetValues<Transport>())
        {
            data.Add(transport, "1,\"2\",{\"3\":[true]}");
            data.Add(transport, "null,true,false,-0.5,[],{},\"\"");
            data.Add(transport, "\"é漢😀<>&'+`\"");
            data.Add(transport, "\"\\u001e\\n\\\"\\\\/\"");
            data.Add(transport, "{\"b\":1,\"a\":{\"nested\":[[[[1]]]]},\"__proto__\":2}");
            data.Add(transport, "12345678901234567,1.5,0.1");
        }

        return data;
    }

    [Theory, MemberData(nameof(Arguments))]
    public async Task An_echo_reproduces_its_arguments_exactly(Transport transport, string arguments)
    {
        await using var client = await host.ConnectAsync(transport);
        await client.EmitAsync($"[\"message\",{arguments}]");
        Assert.Equal($"42[\"message-back\",{arguments}]", await client.NextAsync());
    }

    [Theory, MemberData(nameof(Arguments))]
    public async Task An_ack_reproduces_its_arguments_exactly(Transport transport, string arguments)
    {
        await using var client = await host.ConnectAsync(transport, @namespace: "/custom");
        Assert.Equal($"[{arguments}]", await client.AskAsync(456, $"[\"message-with-ack\",{arguments}]"));
    }

    [Theory, OverBothTransports]
    public async Task An_event_without_arguments_is_an_event(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        await client.EmitAsync("[\"message\"]");
        Assert.Equal("42[\"message-back\"]", await client.NextAsync());
        Assert.Equal("[]", await client.AskAsync(0, "[\"message-with-ack\"]"));
    }

    [Theory, OverBothTransports]
    public async Task An_event_nobody_handles_is_ignored_whatever_its_name(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        foreach (var name in new[] { "\"nobody\"", "\"\"", "1", "\"__proto__\"", "\"toString\"", "\"error\"", "\"message\\u0000\"" })
        {
            await client.EmitAsync($"[{name},1]");
        }

        await client.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task Events_keep_their_order_with_acks_among_them(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        await client.Engine.SendAsync([.. Enumerable.Range(0, 200).Select(n =>
            (EnginePacket)(n % 2 == 0 ? $"42[\"message\",{n}]" : $"42{n}[\"message-with-ack\",{n}]"))]);
        for (var n = 0; n < 200; n++)
        {
            Assert.Equal(n % 2 == 0 ? $"42[\"message-back\",{n}]" : $"43{n}[{n}]", await client.NextAsync());
        }
    }

    [Theory, OverBothTransports]
    public async Task Two_namespaces_share_a_connection_without_mixing(Transport transport)
    {
        await using var root = await host.ConnectAsync(transport);
        var custom = new SocketClient(root.Engine, "/custom");
        await custom.ConnectAsync();
        Assert.NotEqual(root.Id, custom.Id);
        Assert.Equal("[1]", await root.AskAsync(5, "[\"message-with-ack\",1]"));
        Assert.Equal("[2]", await custom.AskAsync(5, "[\"message-with-ack\",2]"));
    }

    [Theory, OverBothTransports]
    public async Task An_ack_nobody_asked_for_is_ignored(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport);
        await client.Engine.SendAsync("43123[\"unasked\"]", "430[]");
        await client.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task The_servers_question_takes_one_answer(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.EmitAsync("1[\"ask-me\",\"how?\",10000]");
        var question = await client.NextAsync();
        Assert.Matches("^42[0-9]+\\[\"question\",\"how\\?\"\\]$", question);
        var id = question[2..question.IndexOf('[')];
        await client.Engine.SendAsync($"43{id}[\"well\"]", $"43{id}[\"twice\"]");
        Assert.Equal("431[{\"answer\":\"well\"}]", await client.NextAsync());
        await client.WorksAsync();
    }
}
