using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>CVE-2024-38355, CVE-2022-2421, CVE-2023-32695, CVE-2026-33151, CVE-2026-69185 and their kin.</summary>
public sealed class PacketAttacks(AttackedHost host) : Attack(host)
{
    private const string Slot = "{\"_placeholder\":true,\"num\":0}";

    /// <summary>Binary headers that lie. Two attachments follow each.</summary>
    private static readonly string[] LyingHeaders =
    [
        "451-[\"message\",{\"_placeholder\":true,\"num\":\"splice\"}]", "451-[\"message\",{\"_placeholder\":true,\"num\":\"0\"}]", "451-[\"message\",{\"_placeholder\":true,\"num\":-1}]",
        "451-[\"message\",{\"_placeholder\":true,\"num\":1.5}]", "451-[\"message\",{\"_placeholder\":true,\"num\":1e9}]", "451-[\"message\",{\"_placeholder\":true,\"num\":1}]",
        "451-[\"message\",{\"_placeholder\":true,\"num\":4294967296}]", "451-[\"message\",{\"_placeholder\":true,\"num\":null}]", "451-[\"message\",{\"_placeholder\":true,\"num\":[0]}]",
        "451-[\"message\",{\"_placeholder\":true}]", $"451-[\"message\",{Slot},{Slot}]", $"452-[\"message\",{Slot},{Slot}]", $"452-[\"message\",{Slot}]", "451-[\"message\",1]", "452-[\"message\"]",
        "450-[\"message\"]", "450-[\"x\"]", "460-1[]", "45-[\"message\"]", "45[\"message\"]", "451[\"message\"]", "451-", "451", "45", "4501-[\"message\"]", "45+1-[\"message\"]", "45-1-[\"message\"]",
        "451.0-[\"message\"]", "451e0-[\"message\"]", "45 1-[\"message\"]", "451000000-[\"message\"]", "4511-[\"message\"]", "4599999999999999999999-[\"message\"]", "452147483648-[\"message\"]",
        $"451-{Slot}", $"451-[{Slot}]", $"451-[{Slot},1]", $"451-[\"disconnect\",{Slot}]", $"451-/nowhere,[\"message\",{Slot}]", $"451-007[\"message\",{Slot}]", $"461-[{Slot}]", $"451-[\"message\",{Slot}",
    ];

    /// <summary>Text packets beyond a bound.</summary>
    private static readonly Dictionary<string, string> TooMuch = new()
    {
        ["nesting of 10,000"] = $"42[\"message\",{new string('[', 10_000)}{new string(']', 10_000)}]",
        ["nesting of 100,000 objects"] = $"42[\"message\",{string.Concat(Enumerable.Repeat("{\"a\":", 100_000))}1{new string('}', 100_000)}]",
        ["nesting without an end"] = $"42[\"message\",{new string('[', 900_000)}",
        ["100,000 arguments"] = $"42[\"message\"{string.Concat(Enumerable.Repeat(",1", 100_000))}]",
        ["nesting in CONNECT"] = $"40/custom,{{\"a\":{new string('[', 10_000)}{new string(']', 10_000)}}}",
        ["900 kB of auth"] = $"40/custom,{{\"token\":\"{new string('x', 900_000)}\"}}",
        ["a namespace of 900 kB"] = $"40/{new string('x', 900_000)},",
        ["an ack id of 900 kB"] = $"42{new string('1', 900_000)}[\"message-with-ack\"]",
        ["an attachment count of 900 kB"] = $"45{new string('1', 900_000)}-[\"message\"]",
    };

    /// <summary>Arguments that the host's handlers do not expect.</summary>
    private static readonly string[] Provocations =
    [
        "[\"error\",\"x\"]", "[\"whoami\"]", "[\"message-with-ack\",1]", "[\"join\"]", "[\"set-data\"]", "[\"slow-ack\",\"x\"]", "[\"ask-me\"]", "[\"burst\",\"x\"]", "[\"burst\"]", "[\"say-all\"]",
        "[\"say-others\",{\"a\":1}]", "[\"join\",null]", "[\"join\",{}]", "[\"in-seq\",{}]", "[\"set-data\",\"__proto__\",{\"x\":1}]", "[\"leave\",[1]]", "[\"volatile-burst\",-1]", "[\"ask-me\",1,\"x\"]", "[1]", "[1.5e300,2]",
    ];

    public static TheoryData<Transport, string> Lies() => OverBoth(LyingHeaders);

    public static TheoryData<Transport, string> Excesses() => OverBoth(TooMuch.Keys);

    [Theory, MemberData(nameof(Lies))]
    public async Task A_binary_header_that_lies_closes(Transport transport, string header)
    {
        await using var client = await Host.ConnectAsync(transport);
        await client.Engine.TrySendAsync(header, new byte[] { 1 }, new byte[] { 2 });
        await client.Engine.ClosedAsync();
    }

    [Theory, MemberData(nameof(Excesses))]
    public async Task A_packet_beyond_a_bound_closes(Transport transport, string which)
    {
        await using var client = await Host.ConnectAsync(transport);
        await client.Engine.TrySendAsync(TooMuch[which]);
        await client.Engine.ClosedAsync();
    }

    [Theory, OverBothTransports]
    public async Task Events_the_handlers_do_not_expect_never_end_the_process_nor_the_connection_of_another(Transport transport)
    {
        await using var bystander = await Host.ConnectAsync(transport);
        foreach (var provocation in Provocations)
        {
            await using var client = await Host.ConnectAsync(transport);
            await client.Engine.TrySendAsync($"42{provocation}", $"425{provocation}");
        }

        await bystander.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task A_handler_that_throws_leaves_its_own_connection_open(Transport transport)
    {
        await using var client = await Host.ConnectAsync(transport);
        await client.EmitAsync("[\"join\"]");
        await client.EmitAsync("[\"burst\",\"x\"]");
        await client.EmitAsync("[\"error\",\"x\"]");
        await client.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task Sixty_kilobyte_frames_after_a_header_without_attachments_are_not_kept(Transport transport)
    {
        await using var client = await Host.ConnectAsync(transport);
        await client.Engine.TrySendAsync("450-[\"x\"]");
        var frame = new byte[60_000];
        for (var sent = 0; sent < 1_000 && await client.Engine.TrySendAsync(frame); sent++)
        {
        }

        await client.Engine.ClosedAsync();
    }

    [Theory, OverBothTransports]
    public async Task Many_headers_that_wait_for_attachments_hold_little(Transport transport)
    {
        var clients = new List<SocketClient>();
        for (var n = 0; n < 40; n++)
        {
            var client = await Host.ConnectAsync(transport);
            // Together 360 MB, if all of it were kept.
            await client.Engine.TrySendAsync($"4510-[\"message\",{string.Join(',', Enumerable.Range(0, 10).Select(i => $"{{\"_placeholder\":true,\"num\":{i}}}"))}]");
            for (var part = 0; part < 9 && await client.Engine.TrySendAsync(new byte[700_000]); part++)
            {
            }

            clients.Add(client);
        }

        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static TheoryData<Transport, string> OverBoth(IEnumerable<string> cases) =>
        [.. from transport in Enum.GetValues<Transport>() from which in cases select new TheoryDataRow<Transport, string>(transport, which)];
}
