using System.Text.Json;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>One namespace over an Engine.IO session; packets are written and read as the wire has them.</summary>
internal sealed class SocketClient(EngineClient engine, string @namespace = "/") : IAsyncDisposable
{
    /// <summary>The prefix of a packet outside the main namespace.</summary>
    private string Scope => @namespace == "/" ? "" : $"{@namespace},";

    public EngineClient Engine => engine;

    /// <summary>The id this namespace gave, once connected.</summary>
    public string Id => Answer.GetProperty("sid").GetString()!;

    /// <summary>The payload of the answer to CONNECT.</summary>
    public JsonElement Answer { get; private set; }

    /// <summary>Connects and reads the answer and the host's greeting.</summary>
    public async Task ConnectAsync(string? auth = null)
    {
        await engine.SendAsync($"40{Scope}{auth}");
        var answer = await NextAsync();
        Assert.StartsWith($"40{Scope}{{", answer);
        Answer = JsonDocument.Parse(answer[(2 + Scope.Length)..]).RootElement;
        Assert.StartsWith($"42{Scope}[\"auth\",", await NextAsync());
    }

    /// <summary>Sends an event: the array as JSON, without its packet type.</summary>
    public Task EmitAsync(string json) => engine.SendAsync($"42{Scope}{json}");

    /// <summary>Sends an event that asks for an ack, and returns the ack's array; other packets in between are an error.</summary>
    public async Task<string> AskAsync(int id, string json)
    {
        await engine.SendAsync($"42{Scope}{id}{json}");
        var answer = await NextAsync();
        Assert.StartsWith($"43{Scope}{id}[", answer);
        return answer[$"43{Scope}{id}".Length..];
    }

    /// <summary>The next packet, which must be text.</summary>
    public async Task<string> NextAsync() => (await engine.NextAsync()).Text ?? "a binary packet";

    /// <summary>Succeeds when this socket still gets its echo.</summary>
    public async Task WorksAsync() => Assert.Equal("[\"still here\"]", await AskAsync(987, "[\"message-with-ack\",\"still here\"]"));

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
