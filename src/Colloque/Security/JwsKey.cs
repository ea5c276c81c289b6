using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>A key that signs and verifies with one algorithm only: the algorithm is the key's, never the token's choice.</summary>
public abstract class JwsKey
{
    /// <summary>The <c>alg</c> of RFC 7518.</summary>
    public abstract string Algorithm { get; }

    /// <summary>The <c>kid</c> that its tokens carry, and must carry; null for none.</summary>
    public abstract string? Id { get; }

    /// <summary>Bytes of a signature.</summary>
    internal abstract int SignatureSize { get; }

    internal abstract void Sign(ReadOnlySpan<byte> data, Span<byte> signature);

    internal abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}

/// <summary>HMAC-SHA256 with a secret that the other side (a video server) holds too.</summary>
/// <param name="secret">The secret; at least 32 bytes (RFC 7518, 3.2).</param>
/// <param name="id">The <c>kid</c>, or null.</param>
public sealed class Hs256Key(byte[] secret, string? id = null) : JwsKey
{
    private readonly byte[] secret = secret.Length >= 32 ? secret : throw new ArgumentException("An HS256 secret must have at least 32 bytes.", nameof(secret));

    /// <inheritdoc/>
    public override string Algorithm => "HS256";

    /// <inheritdoc/>
    public override string? Id { get; } = id;

    internal override int SignatureSize => HMACSHA256.HashSizeInBytes;

    internal override void Sign(ReadOnlySpan<byte> data, Span<byte> signature) => HMACSHA256.HashData(secret, data, signature);

    internal override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, data, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }
}
