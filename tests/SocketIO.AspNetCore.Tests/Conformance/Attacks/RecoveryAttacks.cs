using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>CVE-2026-56170: what is kept for those who may return.</summary>
public sealed class RecoveryAttacks(AttackedHost host) : Attack(host)
{
    [Fact]
    public async Task A_hundred_megabytes_said_to_an_empty_room_are_not_kept()
    {
        await using var speaker = await Host.ConnectAsync(Transport.WebSocket);
        var word = new string('w', 20_000);
        for (var batch = 0; batch < 500; batch++)
        {
            await speaker.Engine.SendAsync([.. Enumerable.Repeat((EnginePacket)$"42[\"say-others\",\"empty\",\"{word}\"]", 10)]);
            await speaker.WorksAsync();
        }
    }

    [Fact]
    public async Task A_hundred_thousand_small_words_are_not_kept_either()
    {
        await using var speaker = await Host.ConnectAsync(Transport.WebSocket);
        for (var batch = 0; batch < 100; batch++)
        {
            await speaker.Engine.SendAsync([.. Enumerable.Repeat((EnginePacket)"42[\"say-others\",\"empty\",1]", 1_000)]);
            await speaker.WorksAsync();
        }
    }

    [Fact]
    public async Task Two_thousand_sockets_that_broke_off_are_remembered_cheaply()
    {
        await Parallel.ForAsync(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            // Disposing breaks the connection off without a goodbye.
            await using var client = await Host.ConnectAsync(Transport.WebSocket);
        });
    }

    [Fact]
    public async Task Guesses_at_recovery_ids_find_nothing_and_cost_nothing()
    {
        await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            await using var engine = await Host.OpenAsync(Transport.WebSocket);
            await engine.SendAsync($"40{{\"pid\":\"{n:D20}\",\"offset\":\"{n}\"}}");
            Assert.StartsWith("40{", (await engine.NextAsync()).Text);
            await engine.SendAsync("421[\"whoami\"]");
            while ((await engine.NextAsync()).Text is var text && !text!.StartsWith("431", StringComparison.Ordinal))
            {
                Assert.StartsWith("42[\"auth\"", text);
            }
        });
    }
}
