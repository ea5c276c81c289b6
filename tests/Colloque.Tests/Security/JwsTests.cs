using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Security;

/// <summary>RFC 7515, appendix A, and what the RFC leaves to the reader's strictness.</summary>
public sealed class JwsTests
{
    private static readonly Hs256Key Key = new([.. Enumerable.Range(0, 32).Select(static i => (byte)i)]);

    [Fact]
    public void The_hmac_example_of_the_rfc_verifies()
    {
        var key = new Hs256Key(Base64Url.DecodeFromChars("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"));

        using var claims = Jws.Open(
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            key,
            "JWT");

        Assert.Equal("joe", claims?.RootElement.GetProperty("iss").GetString());
    }

    [Fact]
    public void The_ecdsa_example_of_the_rfc_verifies()
    {
        using var key = new Es256Key(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                    Y = Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
                },
            },
            named: false);

        using var claims = Jws.Open(
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
            key,
            type: null);

        Assert.Equal(1300819380, claims?.RootElement.GetProperty("exp").GetInt64());
    }

    [Fact]
    public void The_thumbprint_is_that_of_rfc_7638_over_the_point()
    {
        using var key = Es256Key.Derive(new MasterKey(new byte[32]), "a label");

        var json = $$"""{"crv":"P-256","kty":"EC","x":"{{key.X}}","y":"{{key.Y}}"}""";
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(json))), key.Id);
    }

    [Fact]
    public void Two_nodes_with_one_master_key_have_one_signing_key_and_another_label_gives_another()
    {
        using var here = Es256Key.Derive(new MasterKey(new byte[32]), "a label");
        using var there = Es256Key.Derive(new MasterKey(new byte[32]), "a label");
        using var other = Es256Key.Derive(new MasterKey(new byte[32]), "another label");

        Assert.Equal(here.Id, there.Id);
        Assert.NotEqual(here.Id, other.Id);
        using var claims = Jws.Open(Jws.Sign(here, "t", "{}"u8), there, "t");
        Assert.NotNull(claims);
        Assert.Null(Jws.Open(Jws.Sign(other, "t", "{}"u8), here, "t"));
    }

    [Fact]
    public void Many_threads_sign_and_verify_with_one_key()
    {
        using var key = Es256Key.Derive(new MasterKey(new byte[32]), "a label");

        Assert.All(
            Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).Select(i =>
            {
                using var claims = Jws.Open(Jws.Sign(key, "t", Encoding.ASCII.GetBytes($$"""{"n":{{i}}}""")), key, "t");
                return (i, claims?.RootElement.GetProperty("n").GetInt32());
            }).ToArray(),
            static pair => Assert.Equal(pair.i, pair.Item2));
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"t"}""")]
    [InlineData("""{"alg":"hs256","typ":"t"}""")]
    [InlineData("""{"alg":"ES256","typ":"t"}""")]
    [InlineData("""{"alg":["HS256"],"typ":"t"}""")]
    [InlineData("""{"typ":"t"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","typ":"T"}""")]
    [InlineData("""{"alg":"HS256","typ":"t","kid":"another"}""")]
    [InlineData("""{"alg":"HS256","typ":"t","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"HS256","typ":"t","jku":"https://evil.example/keys"}""")]
    [InlineData("""{"alg":"HS256","typ":"t","jwk":{"kty":"oct","k":"AAAA"}}""")]
    [InlineData("""{"alg":"HS256","alg":"HS256","typ":"t"}""")]
    [InlineData("""{"alg":"none","alg":"HS256","typ":"t"}""")]
    [InlineData("""{"alg":"HS256","\u0061lg":"none","typ":"t"}""")]
    [InlineData("""["HS256"]""")]
    [InlineData("""{"alg":"HS256","typ":"t"}{}""")]
    [InlineData("")]
    public void A_header_that_is_not_ours_is_refused_though_the_signature_holds(string header) => Assert.Null(Jws.Open(Signed(header, "{}"), Key, "t"));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("""{"a":[[[[[[[[[[1]]]]]]]]]]}""")]
    [InlineData("""{"a":1} // why""")]
    public void A_payload_that_is_no_plain_object_is_refused_though_the_signature_holds(string payload) => Assert.Null(Jws.Open(Signed("""{"alg":"HS256","typ":"t"}""", payload), Key, "t"));

    [Fact]
    public void A_token_has_three_parts_and_one_spelling()
    {
        var token = Jws.Sign(Key, "t", """{"a":1}"""u8);
        var parts = token.Split('.');
        using var good = Jws.Open(token, Key, "t");
        Assert.NotNull(good);

        string[] bad =
        [
            "", ".", "..", "...", parts[0], $"{parts[0]}.{parts[1]}", $"{parts[0]}.{parts[1]}.", $"{token}.", $".{token}", $"{token}.x", $" {token}", $"{token} ", $"{token}\n", $"{token}=",
            $"{parts[0]}=.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}\t.{parts[2]}", token[..^1], $"{token}A", token.Replace('.', '․'),
            $"{parts[0]}.{parts[1]}.{Restyled(parts[2])}", token.PadRight(Jws.MaxLength + 1, 'A'),
        ];

        Assert.All(bad, text => Assert.Null(Jws.Open(text, Key, "t")));
    }

    [Fact]
    public void Every_flipped_bit_is_seen()
    {
        var token = Jws.Sign(Key, "t", """{"a":1}"""u8);
        for (var i = 0; i < token.Length; i++)
        {
            var flipped = token.ToCharArray();
            flipped[i] = flipped[i] == 'A' ? 'B' : 'A';
            if (new string(flipped) != token)
            {
                Assert.Null(Jws.Open(new string(flipped), Key, "t"));
            }
        }
    }

    [Fact]
    public void A_secret_shorter_than_the_hash_is_no_key() => Assert.Throws<ArgumentException>(static () => new Hs256Key(new byte[31]));

    /// <summary>The same bytes with other bits behind the last one: 32 bytes leave two over in 43 characters.</summary>
    private static string Restyled(string signature)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return signature[..^1] + Alphabet[Alphabet.IndexOf(signature[^1], StringComparison.Ordinal) + 1];
    }

    private static string Signed(string header, string payload)
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Enumerable.Range(0, 32).Select(static i => (byte)i).ToArray(), Encoding.ASCII.GetBytes(text)))}";
    }
}
