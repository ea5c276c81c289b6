using System.Text.Json;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Protocol;

/// <summary>Connection-state recovery as it looks on the wire; the interop tests see it through the real client.</summary>
public sealed class RecoveryTests(HostUnderTest host)
{
    [Theory, OverBothTransports]
    public async Task The_answer_carries_a_pid_beside_the_sid(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        Assert.Equal(["pid", "sid"], client.Answer.EnumerateObject().Select(key => key.Name).Order());
        Assert.NotEqual(client.Id, client.Answer.GetProperty("pid").GetString());
    }

    [Theory, OverBothTransports]
    public async Task An_event_without_ack_ends_with_its_offset_and_one_with_ack_does_not(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.EmitAsync("[\"message\",1]");
        var echo = Arguments(await client.NextAsync());
        Assert.Equal(3, echo.Count);
        Assert.Equal(JsonValueKind.String, echo[2].ValueKind);
        await client.EmitAsync("5[\"ask-me\",1,10000]");
        Assert.Matches("^42[0-9]+\\[\"question\",1\\]$", await client.NextAsync());
    }

    [Theory, OverBothTransports]
    public async Task A_broken_session_comes_back_with_id_and_missed_events_in_order(Transport transport)
    {
        var (broken, room, offset) = await BrokenAsync(transport);
        await using var speaker = await host.ConnectAsync(transport, HostUnderTest.Real);
        await speaker.EmitAsync($"[\"say-all\",\"{room}\",1]");
        await speaker.EmitAsync($"[\"say-all\",\"{room}\",2]");
        await speaker.WorksAsync();

        await using var engine = await host.OpenAsync(transport, HostUnderTest.Real);
        await engine.SendAsync($"40{{\"pid\":\"{broken.Answer.GetProperty("pid").GetString()}\",\"offset\":\"{offset}\"}}");
        Assert.StartsWith("40{", (await engine.NextAsync()).Text);
        Assert.Equal(1, Arguments((await engine.NextAsync()).Text!)[1].GetInt32());
        Assert.Equal(2, Arguments((await engine.NextAsync()).Text!)[1].GetInt32());
        Assert.StartsWith("42[\"auth\",", (await engine.NextAsync()).Text);
        await engine.SendAsync("427[\"whoami\"]");
        var me = JsonDocument.Parse((await engine.NextAsync()).Text![3..]).RootElement[0];
        Assert.Equal(broken.Id, me.GetProperty("id").GetString());
        Assert.True(me.GetProperty("recovered").GetBoolean());
        Assert.Equal(room, Assert.Single(me.GetProperty("rooms").EnumerateArray()).GetString());
    }

    [Theory, OverBothTransports]
    public async Task A_session_is_restored_once_only(Transport transport)
    {
        var (broken, _, offset) = await BrokenAsync(transport);
        var resume = $"40{{\"pid\":\"{broken.Answer.GetProperty("pid").GetString()}\",\"offset\":\"{offset}\"}}";
        await using var first = await host.OpenAsync(transport, HostUnderTest.Real);
        await first.SendAsync(resume);
        Assert.Contains(broken.Id, (await first.NextAsync()).Text);
        await using var second = await host.OpenAsync(transport, HostUnderTest.Real);
        await second.SendAsync(resume);
        Assert.DoesNotContain(broken.Id, (await second.NextAsync()).Text);
    }

    [Theory, OverBothTransports]
    public async Task A_session_still_in_use_cannot_be_taken_over(Transport transport)
    {
        await using var owner = await host.ConnectAsync(transport, HostUnderTest.Real);
        await owner.EmitAsync("[\"message\",1]");
        var offset = Arguments(await owner.NextAsync())[^1].GetString();
        await using var thief = await host.OpenAsync(transport, HostUnderTest.Real);
        await thief.SendAsync($"40{{\"pid\":\"{owner.Answer.GetProperty("pid").GetString()}\",\"offset\":\"{offset}\"}}");
        Assert.DoesNotContain(owner.Id, (await thief.NextAsync()).Text);
        await owner.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task Nonsense_instead_of_pid_and_offset_gives_a_new_session(Transport transport)
    {
        foreach (var auth in new[] { "{\"pid\":1,\"offset\":2}", "{\"pid\":{},\"offset\":[]}", "{\"pid\":null}", "{\"offset\":\"x\"}", "{\"pid\":\"__proto__\",\"offset\":\"constructor\"}", "{\"pid\":\"\",\"offset\":\"\"}" })
        {
            await using var client = await host.ConnectAsync(transport, HostUnderTest.Real, auth: auth);
            await client.WorksAsync();
        }
    }

    /// <summary>A socket in a room of its own whose connection the server then drops, with the last offset it saw.</summary>
    private async Task<(SocketClient Broken, string Room, string Offset)> BrokenAsync(Transport transport)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        var room = $"room of {client.Id}";
        await client.AskAsync(1, $"[\"join\",\"{room}\"]");
        await client.EmitAsync("[\"message\",\"last seen\"]");
        var offset = Arguments(await client.NextAsync())[^1].GetString()!;
        await client.EmitAsync("[\"drop-transport\"]");
        await client.Engine.ClosedAsync();
        return (client, room, offset);
    }

    private static List<JsonElement> Arguments(string packet)
    {
        Assert.StartsWith("42[", packet);
        return [.. JsonDocument.Parse(packet[2..]).RootElement.EnumerateArray()];
    }
}
