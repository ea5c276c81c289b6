using System.Text;
using Colloque.Server.Media;
using Xunit;

namespace Colloque.Server.Tests.Media;

/// <summary>Messages of STUN, by the examples that RFC 8489 refers to (RFC 5769), and what no server should send.</summary>
public sealed class StunMessageTests
{
    /// <summary>RFC 5769, section 2.2.</summary>
    private const string SampleResponse =
        "0101003c2112a442b7e7a701bc34d686fa87dfae" + "8022000b7465737420766563746f7220" + "002000080001a147e112a643" +
        "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7" + "80280004c07d4c96";

    private static readonly byte[] Transaction = Convert.FromHexString("b7e7a701bc34d686fa87dfae");

    [Fact]
    public void The_sample_response_of_the_standard_says_what_it_is()
    {
        var sample = Convert.FromHexString(SampleResponse);
        Assert.Equal(sample.Length, StunMessage.LengthOf(sample));
        Assert.True(StunMessage.TryRead(sample, Transaction, out var software));
        Assert.Equal("test vector", software);
    }

    [Fact]
    public void An_answer_that_was_changed_cut_or_is_anothers_is_none()
    {
        var sample = Convert.FromHexString(SampleResponse);
        for (var at = 0; at < sample.Length; at++)
        {
            var changed = sample.ToArray();
            changed[at] ^= 1;
            // Without the fingerprint's own type it is an answer without a fingerprint, which a server may give.
            Assert.Equal(at is 72 or 73, StunMessage.TryRead(changed, Transaction, out _));
            Assert.False(StunMessage.TryRead(sample.AsSpan(0, at), Transaction, out _), $"{at} bytes");
        }

        Assert.False(StunMessage.TryRead(sample, new byte[12], out _));
        Assert.False(StunMessage.TryRead([.. sample, 0, 0, 0, 0], Transaction, out _));
    }

    [Fact]
    public void An_attribute_that_reaches_beyond_its_message_is_not_read()
    {
        var message = Convert.FromHexString("010100082112a442b7e7a701bc34d686fa87dfae" + "8022ffff41414141");
        Assert.False(StunMessage.TryRead(message, Transaction, out _));
        message = Convert.FromHexString("010100042112a442b7e7a701bc34d686fa87dfae" + "80220001");
        Assert.False(StunMessage.TryRead(message, Transaction, out _));
    }

    [Fact]
    public void What_a_server_says_of_itself_brings_no_line_breaks_or_codes_into_a_log()
    {
        var said = Encoding.UTF8.GetBytes("Coturn\r\n\u001b[31m-4.6.1é!");
        var message = new byte[20 + 4 + ((said.Length + 3) & ~3)];
        Convert.FromHexString("010100002112a442b7e7a701bc34d686fa87dfae").CopyTo(message, 0);
        message[3] = (byte)(message.Length - 20);
        (message[20], message[21], message[23]) = (0x80, 0x22, (byte)said.Length);
        said.CopyTo(message, 24);
        Assert.True(StunMessage.TryRead(message, Transaction, out var software));
        Assert.Equal("Coturn[31m-4.6.1!", software);
    }

    [Fact]
    public void A_question_is_a_binding_request_with_a_fingerprint() =>
        Assert.Equal("000100082112A442B7E7A701BC34D686FA87DFAE80280004FDF6AE02", Convert.ToHexString(StunMessage.Ask(Transaction)));
}
