using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Colloque.Notifications;
using Colloque.Security;
using Colloque.Tests.Notifications;
using Xunit;

namespace Colloque.Tests.Security;

/// <summary>Web push by the letter of its RFCs; an independent implementation opens the same in the contract tests.</summary>
public sealed class PushCipherTests
{
    [Fact]
    public void The_example_of_RFC_8291_comes_out_byte_by_byte()
    {
        var own = Decode("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var key = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            Q = new() { X = own[1..33], Y = own[33..] },
        });
        var body = PushCipher.Encrypt(
            Encoding.UTF8.GetBytes("When I grow up, I want to be a watermelon"), Decode(MessageNoticeTests.Point), Decode(MessageNoticeTests.Secret), key, Decode("DGv6ra1nlYgDCS1FRnbzlw"), paddedSize: 0);
        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(body));
    }

    [Fact]
    public void All_messages_are_of_one_length_and_no_two_alike()
    {
        var (point, secret) = (Decode(MessageNoticeTests.Point), Decode(MessageNoticeTests.Secret));
        var bodies = Enumerable.Range(0, 5).Select(i => PushCipher.Encrypt(new byte[i * 20], point, secret)).ToArray();
        Assert.Single(bodies.Select(static b => b.Length).Distinct());
        Assert.Equal(5, bodies.Select(static b => Convert.ToHexString(b[..86])).Distinct().Count());
        Assert.True(PushCipher.IsPoint(point));
        point[64] ^= 1;
        Assert.False(PushCipher.IsPoint(point));
        Assert.False(PushCipher.IsPoint(point.AsSpan(1)));
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("100.100.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    public void Only_the_public_internet_is_written_to(string address, bool isPublic) => Assert.Equal(isPublic, PushEndpoint.IsPublic(IPAddress.Parse(address)));

    private static byte[] Decode(string text) => Base64Url.DecodeFromChars(text);
}
