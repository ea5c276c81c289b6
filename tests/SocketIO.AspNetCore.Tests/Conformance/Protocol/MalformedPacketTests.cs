using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Protocol;

/// <summary>What is not exactly a packet closes the transport: nothing is guessed.</summary>
public sealed class MalformedPacketTests(HostUnderTest host)
{
    private static readonly string[] AfterConnecting =
    [
        "4abc", "4", "49", "47[\"message\"]", "42", "42{}", "42\"message\"", "42null", "42[]", "42[\"message\"", "42[\"message\"]]", "42[\"message\",]",
        "42[\"message\",1]x", "42[\"message\",tru]", "42[\"message\",01]", "42['message']", "42[\"mess\nage\"]", "42[\"message\",NaN]", "42[\"message\",\"\\x\"]",
        "42abc[\"message-with-ack\"]", "42-1[\"message-with-ack\"]", "42+1[\"message-with-ack\"]", "421.5[\"message-with-ack\"]", "421e3[\"message-with-ack\"]",
        "42007[\"message-with-ack\"]", "42 1[\"message-with-ack\"]", "4299999999999999999999[\"message-with-ack\"]", "4218446744073709551616[\"message-with-ack\"]",
        "42[{}]", "42[null]", "42[true]", "42[[\"message\"]]", "42[{\"toString\":\"foo\"}]",
        "42[\"connect\"]", "42[\"connect_error\"]", "42[\"disconnect\"]", "42[\"disconnecting\"]", "42[\"newListener\"]", "42[\"removeListener\"]", "42[\"disconn\\u0065ct\"]",
        "42/custom,[\"message\"]", "42/nowhere,[\"message\"]", "42/custom", "42/,",
        "43[\"no id\"]", "431{}", "431", "43", "40[]", "40\"text\"", "401", "40{", "40{}}", "41[1]", "44{\"message\":\"from a client\"}",
    ];

    private static readonly string[] InsteadOfConnecting = ["42[\"message\",1]", "4abc", "41", "431[]", "451-[\"message\",{\"_placeholder\":true,\"num\":0}]", "44{}", "4"];

    public static TheoryData<Transport, string> Malformed() => OverBoth(AfterConnecting);

    public static TheoryData<Transport, string> TooEarly() => OverBoth(InsteadOfConnecting);

    [Theory, MemberData(nameof(Malformed))]
    public async Task A_malformed_packet_closes(Transport transport, string packet)
    {
        await using var client = await host.ConnectAsync(transport, HostUnderTest.Real);
        await client.Engine.TrySendAsync(packet);
        await client.Engine.ClosedAsync();
    }

    [Theory, MemberData(nameof(TooEarly))]
    public async Task A_first_packet_that_is_no_connect_closes(Transport transport, string packet)
    {
        await using var engine = await host.OpenAsync(transport, HostUnderTest.Real);
        await engine.TrySendAsync(packet);
        await engine.ClosedAsync();
    }

    private static TheoryData<Transport, string> OverBoth(string[] packets) =>
        [.. from transport in Enum.GetValues<Transport>() from packet in packets select new TheoryDataRow<Transport, string>(transport, packet)];
}
