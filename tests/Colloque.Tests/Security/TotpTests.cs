using System.Text;
using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Security;

public sealed class TotpTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    /// <summary>RFC 6238, appendix B, SHA1.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(code, Totp.Code(Secret, Totp.StepOf(at), digits: 8));
        Assert.Equal(Totp.StepOf(at), Totp.Match(Secret, code[2..], at));
    }

    /// <summary>RFC 4648, 10, without padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_shown_in_base32(string plain, string text) => Assert.Equal(text, Totp.Text(Encoding.ASCII.GetBytes(plain)));

    [Fact]
    public void A_code_counts_in_its_step_and_its_neighbours_only()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_750_000_000);
        var code = Totp.Code(Secret, Totp.StepOf(at));

        Assert.All([-30, 0, 30], d => Assert.Equal(Totp.StepOf(at), Totp.Match(Secret, code, at.AddSeconds(d))));
        Assert.All([-61, 61], d => Assert.Null(Totp.Match(Secret, code, at.AddSeconds(d))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("९४२८७०")]
    [InlineData("\0\0\0\0\0\0")]
    public void What_is_no_code_matches_nothing(string text) => Assert.Null(Totp.Match(Secret, text, DateTimeOffset.FromUnixTimeSeconds(59)));

    [Fact]
    public void The_uri_names_issuer_and_account_and_nothing_slips_out_of_its_place() =>
        Assert.Equal(
            "otpauth://totp/My%20clinic%3A%26:a%2Bb%40c.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20clinic%3A%26&algorithm=SHA1&digits=6&period=30",
            Totp.Uri(Secret, "My clinic:&", "a+b@c.example"));

    [Fact]
    public void A_recovery_code_is_read_as_people_type_it_and_belongs_to_one_person()
    {
        var person = Guid.CreateVersion7();
        var code = RecoveryCode.New();

        Assert.Matches("^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$", code);
        Assert.Equal(RecoveryCode.Hash(person, code), RecoveryCode.Hash(person, " " + code.Replace("-", "").ToUpperInvariant().Replace('0', 'O').Replace('1', 'l')));
        Assert.NotEqual(RecoveryCode.Hash(person, code), RecoveryCode.Hash(Guid.CreateVersion7(), code));
        Assert.All(["", "1234", code + "0", code[..^1] + "u", "ééééééééééééééééé"], text => Assert.Null(RecoveryCode.Hash(person, text)));
    }
}
