using Colloque.Calls;
using Xunit;

namespace Colloque.Tests.Calls;

/// <summary>What goes between two devices has the shape of it; and where they may only be relayed, nothing tells one where the other is.</summary>
public sealed class SignalCheckTests
{
    private const string Sdp = "v=0\r\no=- 1 2 IN IP4 192.168.1.7\r\ns=-\r\nt=0 0\r\nm=audio 50000 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 192.168.1.7\r\na=rtcp:9 IN IP4 192.168.1.7\r\n";
    private const string Relay = "candidate:1 1 udp 41885439 198.51.100.7 61000 typ relay raddr 203.0.113.9 rport 50000 generation 0 ufrag ab+/ network-id 1";

    [Theory]
    [InlineData("")]
    [InlineData("v=0")]
    [InlineData("v=01\r\n")]
    [InlineData("o=- 1 2 IN IP4 0.0.0.0\r\nv=0\r\n")]
    [InlineData("v=0\r\n\r\ns=-\r\n")]
    [InlineData("v=0\r\nS=-\r\n")]
    [InlineData("v=0\r\nhello\r\n")]
    [InlineData("v=0\r\ns=\t\r\n")]
    [InlineData("v=0\r\ns=\u00e9\r\n")]
    [InlineData("v=0\r\na=\0\r\n")]
    [InlineData("v=0\r\na=candidate:x\r\n")]
    [InlineData("v=0\r\na=x\ry\r\n")]
    public void What_is_no_description_is_refused(string sdp)
    {
        Assert.Equal("description", Assert.Throws<Refusal>(() => SignalCheck.Description("offer", sdp, relayOnly: false)).Field);
        Assert.Equal("description", Assert.Throws<Refusal>(() => SignalCheck.Description("answer", sdp, relayOnly: true)).Field);
    }

    [Fact]
    public void A_description_passes_as_it_is_and_one_that_is_too_long_does_not()
    {
        Assert.Equal(Sdp, SignalCheck.Description("offer", Sdp, relayOnly: false).Sdp);
        var full = Sdp + string.Concat(Enumerable.Repeat($"a={new string('x', 996)}\r\n", 65));
        Assert.Equal(full, SignalCheck.Description("answer", full, relayOnly: false).Sdp);
        Assert.Throws<Refusal>(() => SignalCheck.Description("answer", full + $"a={new string('x', 996)}\r\n", relayOnly: false));
        Assert.Null(SignalCheck.Description("rollback", null, relayOnly: true).Sdp);
        Assert.Throws<Refusal>(() => SignalCheck.Description("rollback", Sdp, relayOnly: true));
        Assert.Throws<Refusal>(() => SignalCheck.Description("bye", Sdp, relayOnly: true));
    }

    [Fact]
    public void Relayed_only_no_line_and_no_candidate_has_an_address_of_a_device()
    {
        var sdp = Sdp + $"a={Relay}\r\na=candidate:2 1 udp 2122260223 192.168.1.7 50000 typ host\r\na=candidate:3 1 udp 1686052607 203.0.113.9 50000 typ srflx raddr 192.168.1.7 rport 50000\r\na=end-of-candidates\r\n";
        var passed = SignalCheck.Description("offer", sdp, relayOnly: true).Sdp!;
        Assert.DoesNotContain("192.168.", passed, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.9", passed, StringComparison.Ordinal);
        Assert.Contains("198.51.100.7 61000 typ relay raddr 0.0.0.0 rport 0 generation 0", passed, StringComparison.Ordinal);
        Assert.EndsWith("a=end-of-candidates\r\n", passed, StringComparison.Ordinal);
        Assert.Equal(7 + 2, passed.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        Assert.DoesNotContain("203.0.113.9", SignalCheck.Candidate(Relay, "0", 0, "ab+/", relayOnly: true)!.Candidate, StringComparison.Ordinal);
        Assert.Equal(Relay, SignalCheck.Candidate(Relay, "0", 0, null, relayOnly: false)!.Candidate);
        Assert.Null(SignalCheck.Candidate("candidate:2 1 udp 1 0f3a-11.local 50000 typ host", "0", 0, null, relayOnly: true));
        Assert.Equal("", SignalCheck.Candidate("", "0", 0, null, relayOnly: true)!.Candidate);
    }

    [Theory]
    [InlineData("candidate:")]
    [InlineData("candidate:1 1 udp 1 10.0.0.1 1 typ")]
    [InlineData("candidate:1 1 udp 1 10.0.0.1 1 typ other")]
    [InlineData("candidate:1 1 sctp 1 10.0.0.1 1 typ host")]
    [InlineData("candidate:1 300 udp 1 10.0.0.1 1 typ host")]
    [InlineData("candidate:1 1 udp 99999999999 10.0.0.1 1 typ host")]
    [InlineData("candidate:1 1 udp 1 10.0.0.1 70000 typ host")]
    [InlineData("candidate:1 1 udp 1 10.0.0.1;rm 1 typ host")]
    [InlineData("candidate:1! 1 udp 1 10.0.0.1 1 typ host")]
    [InlineData("candidate:1 1 udp 1 10.0.0.1 1 typ host\r\na=x")]
    [InlineData("m=audio 9 RTP 0")]
    [InlineData(null)]
    public void What_is_no_candidate_is_refused(string? candidate) =>
        Assert.Equal("candidate", Assert.Throws<Refusal>(() => SignalCheck.Candidate(candidate, "0", 0, null, relayOnly: false)).Field);

    [Fact]
    public void Random_bytes_of_any_length_are_refused_or_passed_and_never_throw_anything_else()
    {
        var chance = new Random(7);
        string[] pieces = ["v=0\r\n", "a=candidate:", Relay, " ", "\r", "\n", "a=", "typ relay", "raddr", "é", "\0", new('x', 9_000), "IN IP4 1.2.3.4"];
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(12)).Select(_ => pieces[chance.Next(pieces.Length)]));
            foreach (var relayOnly in (bool[])[true, false])
            {
                Quietly(() => SignalCheck.Description("offer", text, relayOnly));
                Quietly(() => SignalCheck.Candidate(text, "0", 0, null, relayOnly));
            }
        }
    }

    private static void Quietly(Func<object?> check)
    {
        try
        {
            check();
        }
        catch (Refusal)
        {
            // As it should.
        }
    }
}
