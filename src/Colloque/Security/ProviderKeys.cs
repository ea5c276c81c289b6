using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Colloque.Security;

/// <summary>What became of a foreign token's signature.</summary>
public enum ProviderVerdict
{
    /// <summary>Signed with one of the keys.</summary>
    Good,

    /// <summary>Named a key that is not among them: they may have been changed since.</summary>
    UnknownKey,

    /// <summary>Everything else.</summary>
    Bad,
}

/// <summary>
/// The public keys of a sign-on provider (RFC 7517), and the check of what it signed (RFC 7515): RS256 and ES256 alone, each with keys of
/// its own kind, so that no public key is ever taken for a secret; keys come from the provider's address, never from the token.
/// </summary>
public sealed class ProviderKeys : IDisposable
{
    /// <summary>Characters of a token, at most.</summary>
    public const int MaxToken = 32 * 1024;

    private const int MinRsaBytes = 2048 / 8;
    private const int MaxRsaBytes = 8192 / 8;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly List<Key> keys = [];

    private ProviderKeys()
    {
    }

    /// <summary>How many can be used.</summary>
    public int Count => keys.Count;

    /// <summary>Reads a JWK set; keys of other kinds, for other uses or too weak are passed over.</summary>
    /// <returns>Null for what is no JWK set.</returns>
    public static ProviderKeys? Parse(ReadOnlyMemory<byte> json)
    {
        var set = new ProviderKeys();
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            foreach (var jwk in document.RootElement.GetProperty("keys").EnumerateArray())
            {
                if (Read(jwk) is { } key)
                {
                    set.keys.Add(key);
                }
            }

            return set;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            set.Dispose();
            return null;
        }
    }

    /// <summary>Verifies a compact JWS.</summary>
    /// <param name="token">From the provider.</param>
    /// <param name="payload">Its claims where it is good; the caller disposes of them.</param>
    public ProviderVerdict Verify(string token, out JsonDocument? payload)
    {
        payload = null;
        var parts = token.Length <= MaxToken && Ascii.IsValid(token) ? token.Split('.') : [];
        if (parts is not [var first, var second, var third] || Decode(third) is not { } signature)
        {
            return ProviderVerdict.Bad;
        }

        var (algorithm, id) = ReadHeader(first);
        if (algorithm is null)
        {
            return ProviderVerdict.Bad;
        }

        Key[] fitting = [.. keys.Where(k => k.Algorithm == algorithm && (id is null || k.Id == id))];
        if (fitting.Length == 0)
        {
            return ProviderVerdict.UnknownKey;
        }

        var signed = Encoding.ASCII.GetBytes(token, 0, first.Length + 1 + second.Length);
        if (!fitting.Any(k => k.Verify(signed, signature)))
        {
            return ProviderVerdict.Bad;
        }

        payload = ParseObject(Decode(second));
        return payload is null ? ProviderVerdict.Bad : ProviderVerdict.Good;
    }

    /// <inheritdoc/>
    public void Dispose() => keys.ForEach(static k => k.Dispose());

    private static (string? Algorithm, string? Id) ReadHeader(string text)
    {
        using var header = ParseObject(Decode(text));
        // `crit` names what must be understood, and nothing beyond the signature is understood here.
        if (header is null || header.RootElement.TryGetProperty("crit", out _) || header.RootElement.TryGetProperty("b64", out _))
        {
            return default;
        }

        var type = Text(header.RootElement, "typ");
        return type is null || type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
            ? (Text(header.RootElement, "alg") is "RS256" or "ES256" ? Text(header.RootElement, "alg") : null, Text(header.RootElement, "kid"))
            : default;
    }

    private static Key? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || Text(jwk, "use") is not (null or "sig"))
        {
            return null;
        }

        var (type, algorithm) = (Text(jwk, "kty"), Text(jwk, "alg"));
        try
        {
            return type switch
            {
                "RSA" when algorithm is null or "RS256" && Bytes(jwk, "n") is { Length: >= MinRsaBytes and <= MaxRsaBytes } n && Bytes(jwk, "e") is { Length: >= 1 and <= 8 } e =>
                    new(Text(jwk, "kid"), RSA.Create(new RSAParameters { Modulus = n, Exponent = e }), null),
                "EC" when algorithm is null or "ES256" && Text(jwk, "crv") == "P-256" && Bytes(jwk, "x") is { Length: 32 } x && Bytes(jwk, "y") is { Length: 32 } y =>
                    new(Text(jwk, "kid"), null, ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = { X = x, Y = y } })),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static JsonDocument? ParseObject(byte[]? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Null, as for an array.
        }

        return null;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement parent, string name) => Text(parent, name) is { } text ? Decode(text) : null;

    private static byte[]? Decode(string text) => text.Length > 0 && !text.EndsWith('=') && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private sealed record Key(string? Id, RSA? Rsa, ECDsa? Ec) : IDisposable
    {
        // Neither object promises anything to two threads at once.
        private readonly Lock alone = new();

        internal string Algorithm => Rsa is null ? "ES256" : "RS256";

        internal bool Verify(byte[] signed, byte[] signature)
        {
            lock (alone)
            {
                return Rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                    ?? Ec!.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }
        }

        public void Dispose()
        {
            Rsa?.Dispose();
            Ec?.Dispose();
        }
    }
}
