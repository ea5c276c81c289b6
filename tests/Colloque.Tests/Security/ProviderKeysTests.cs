using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Security;

/// <summary>A foreign token's signature, byte by byte; the contract tests do the same with jose's tokens.</summary>
public sealed class ProviderKeysTests
{
    private const string Claims = """{"sub":"x"}""";

    [Fact]
    public void A_token_of_one_of_the_keys_is_good_and_no_changed_one_is()
    {
        using var rsa = RSA.Create(2048);
        using var keys = ProviderKeys.Parse(Set(Jwk(rsa, "one")))!;
        var token = Sign(rsa, """{"alg":"RS256","kid":"one"}""");

        Assert.Equal(ProviderVerdict.Good, Verify(keys, token));
        for (var i = 0; i < token.Length; i += 7)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.NotEqual(ProviderVerdict.Good, Verify(keys, new(changed)));
        }

        Assert.Equal(ProviderVerdict.Bad, Verify(keys, token[..^1]));
        Assert.Equal(ProviderVerdict.Bad, Verify(keys, token + "."));
        Assert.Equal(ProviderVerdict.Bad, Verify(keys, token + "="));
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"two"}""", ProviderVerdict.UnknownKey)]
    [InlineData("""{"alg":"ES256","kid":"one"}""", ProviderVerdict.UnknownKey)]
    [InlineData("""{"alg":"RS256"}""", ProviderVerdict.Good)]
    [InlineData("""{"alg":"RS256","kid":"one","x5t":"abc","typ":"JWT"}""", ProviderVerdict.Good)]
    [InlineData("""{"alg":"none","kid":"one"}""", ProviderVerdict.Bad)]
    [InlineData("""{"alg":"HS256","kid":"one"}""", ProviderVerdict.Bad)]
    [InlineData("""{"alg":"RS512","kid":"one"}""", ProviderVerdict.Bad)]
    [InlineData("""{"alg":"rs256","kid":"one"}""", ProviderVerdict.Bad)]
    [InlineData("""{"alg":["RS256"],"kid":"one"}""", ProviderVerdict.Bad)]
    [InlineData("""{"alg":"RS256","alg":"RS256","kid":"one"}""", ProviderVerdict.Bad)]
    [InlineData("""{"alg":"RS256","kid":"one","crit":["exp"]}""", ProviderVerdict.Bad)]
    [InlineData("""{"alg":"RS256","kid":"one","b64":false}""", ProviderVerdict.Bad)]
    [InlineData("""{"alg":"RS256","kid":"one","typ":"at+jwt"}""", ProviderVerdict.Bad)]
    [InlineData("[]", ProviderVerdict.Bad)]
    [InlineData("", ProviderVerdict.Bad)]
    public void The_header_decides_nothing_but_which_of_the_keys_it_is(string header, ProviderVerdict verdict)
    {
        using var rsa = RSA.Create(2048);
        using var keys = ProviderKeys.Parse(Set(Jwk(rsa, "one")))!;

        Assert.Equal(verdict, Verify(keys, Sign(rsa, header)));
    }

    [Fact]
    public void Weak_keys_keys_for_other_uses_and_keys_of_other_kinds_are_passed_over()
    {
        using var weak = RSA.Create(1024);
        using var good = RSA.Create(2048);
        using var keys = ProviderKeys.Parse(Set(
            Jwk(weak, "weak"), Jwk(good, "good").Replace("\"sig\"", "\"enc\"", StringComparison.Ordinal), """{"kty":"oct","k":"AAAA"}""", """{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}""", "7"))!;

        Assert.Equal(0, keys.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":7}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    public void What_is_no_set_of_keys_is_none(string json) => Assert.Null(ProviderKeys.Parse(Encoding.UTF8.GetBytes(json)));

    private static ProviderVerdict Verify(ProviderKeys keys, string token)
    {
        var verdict = keys.Verify(token, out var payload);
        Assert.Equal(verdict == ProviderVerdict.Good, payload is not null);
        payload?.Dispose();
        return verdict;
    }

    private static byte[] Set(params string[] keys) => Encoding.UTF8.GetBytes($$"""{"keys":[{{string.Join(',', keys)}}]}""");

    private static string Jwk(RSA rsa, string id)
    {
        var p = rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"RSA","use":"sig","kid":"{{id}}","n":"{{Base64Url.EncodeToString(p.Modulus)}}","e":"{{Base64Url.EncodeToString(p.Exponent)}}"}""";
    }

    private static string Sign(RSA rsa, string header)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Claims))}";
        return $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }
}
