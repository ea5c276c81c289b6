using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>A small Engine.IO client of our own, that does exactly what a test says, right or wrong.</summary>
internal abstract class EngineClient : IAsyncDisposable
{
    /// <summary>How long an awaited packet may take before the test has failed. No passing test waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The server's first packet.</summary>
    public OpenPacket Open { get; protected set; } = null!;

    /// <summary>False lets the server's pings go unanswered.</summary>
    public bool AnswersPings { get; set; } = true;

    public static async Task<EngineClient> OpenAsync(Transport transport, Uri endpoint) => transport switch
    {
        Transport.Polling => await PollingClient.OpenAsync(endpoint),
        _ => await WebSocketClient.OpenAsync(endpoint),
    };

    /// <summary>Sends the packets (over polling: in one body); false when the server would not have them.</summary>
    public abstract Task<bool> TrySendAsync(params EnginePacket[] packets);

    /// <summary>Sends the packets, which the server must take.</summary>
    public async Task SendAsync(params EnginePacket[] packets) =>
        Assert.True(await TrySendAsync(packets), $"The server refused {string.Join(' ', packets)}.");

    /// <summary>The next packet as it came, pings too; null once the server has closed.</summary>
    public abstract Task<EnginePacket?> ReadAsync();

    /// <summary>The next packet that is no ping; null once the server has closed.</summary>
    public async Task<EnginePacket?> NextOrCloseAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var packet = await ReadAsync();
            if (packet is not { Text: "2" })
            {
                return packet;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "Nothing but pings came where a packet, or the end, was due.");

            if (AnswersPings)
            {
                await TrySendAsync("3");
            }
        }
    }

    public async Task<EnginePacket> NextAsync() =>
        await NextOrCloseAsync() ?? throw new InvalidOperationException("The server closed where a packet was due.");

    /// <summary>Succeeds when the server closes, whatever it says before.</summary>
    public async Task ClosedAsync()
    {
        // Pings are answered, so that only the rule under test can be the reason; hence the limit.
        var start = TimeProvider.System.GetTimestamp();
        while (await NextOrCloseAsync() is not null)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "The server keeps a session open that it should close.");
        }
    }

    /// <summary>Says goodbye and listens for the end meanwhile, as clients do: over polling the two cross each other.</summary>
    public async Task CloseAsync()
    {
        var goodbye = TrySendAsync("1");
        await ClosedAsync();
        await goodbye;
    }

    public abstract ValueTask DisposeAsync();

    protected static OpenPacket ReadOpen(EnginePacket? packet)
    {
        Assert.StartsWith("0{", packet?.Text ?? "nothing");
        return JsonSerializer.Deserialize<OpenPacket>(packet!.Value.Text![1..])!;
    }
}

/// <summary>The handshake; times in milliseconds, sizes in bytes.</summary>
internal sealed record OpenPacket(
    [property: JsonPropertyName("sid")] string Sid,
    [property: JsonPropertyName("upgrades")] string[] Upgrades,
    [property: JsonPropertyName("pingInterval")] int PingInterval,
    [property: JsonPropertyName("pingTimeout")] int PingTimeout,
    [property: JsonPropertyName("maxPayload")] int MaxPayload);
