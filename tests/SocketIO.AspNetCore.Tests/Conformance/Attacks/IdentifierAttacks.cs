using System.Collections.Concurrent;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>CVE-2017-16031: ids that can be guessed.</summary>
public sealed class IdentifierAttacks(AttackedHost host) : Attack(host)
{
    [Fact]
    public async Task Ten_thousand_session_ids_carry_120_bits_of_chance_each()
    {
        var endpoint = await Host.AtAsync("/engine.io/");
        var sids = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, cancellation) =>
        {
            sids.Add((await PollingClient.OpenAsync(endpoint)).Open.Sid);
        });
        Random(sids, bits: 120);
    }

    [Fact]
    public async Task Socket_ids_and_recovery_ids_are_as_random_and_all_different()
    {
        var ids = new ConcurrentBag<string>();
        var pids = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, cancellation) =>
        {
            await using var client = await Host.ConnectAsync(Transport.WebSocket);
            ids.Add(client.Id);
            pids.Add(client.Answer.GetProperty("pid").GetString()!);
        });
        Random(ids, bits: 114); // a thousand samples show a little less than there is
        Random(pids, bits: 114);
        Assert.Empty(ids.Intersect(pids));
    }

    /// <summary>Sums the Shannon entropy of each position, in bits: what is constant or counts up adds nothing.</summary>
    private static void Random(ConcurrentBag<string> ids, double bits)
    {
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        var length = Assert.Single(ids.Select(id => id.Length).Distinct());
        var entropy = 0.0;
        for (var position = 0; position < length; position++)
        {
            entropy += ids.CountBy(id => id[position]).Select(symbol => (double)symbol.Value / ids.Count).Sum(share => -share * Math.Log2(share));
        }

        Assert.True(entropy > bits - 0.5, $"Only {entropy:F1} bits of chance in {length} characters.");
    }
}
