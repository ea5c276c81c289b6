using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>ECDSA on P-256 with SHA-256. Its <c>kid</c> is the RFC 7638 thumbprint of the public key.</summary>
public sealed class Es256Key : JwsKey, IDisposable
{
    /// <summary>The order of P-256 (FIPS 186-5, SP 800-186).</summary>
    private static readonly BigInteger Order = new(
        Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    private readonly ECParameters parameters;

    /// <summary>An ECDsa object promises nothing to two threads at once; each use takes one of its own.</summary>
    private readonly ConcurrentBag<ECDsa> idle = [];

    internal Es256Key(ECParameters parameters, bool named = true)
    {
        var first = ECDsa.Create(parameters);
        this.parameters = first.ExportParameters(includePrivateParameters: parameters.D is not null);
        idle.Add(first);
        X = Base64Url.EncodeToString(this.parameters.Q.X);
        Y = Base64Url.EncodeToString(this.parameters.Q.Y);
        Id = named ? Thumbprint(X, Y) : null;
    }

    /// <inheritdoc/>
    public override string Algorithm => "ES256";

    /// <inheritdoc/>
    public override string? Id { get; }

    /// <summary>The public point's first coordinate, base64url.</summary>
    public string X { get; }

    /// <summary>The public point's second coordinate, base64url.</summary>
    public string Y { get; }

    internal override int SignatureSize => 64;

    /// <summary>
    /// The key of an installation: the same on each of its nodes, and nothing more to keep. 384 derived bits are reduced to a scalar
    /// (FIPS 186-5, A.2.1), so that its bias is below 2^-128.
    /// </summary>
    /// <param name="master">The installation's secret.</param>
    /// <param name="label">Names the purpose.</param>
    public static Es256Key Derive(MasterKey master, string label) => FromWide(master.Derive(label, 48));

    /// <summary>As <see cref="Derive"/>, but another one after the master key was rotated: for what is signed for minutes.</summary>
    /// <param name="master">The installation's secret.</param>
    /// <param name="label">Names the purpose.</param>
    public static Es256Key DeriveFresh(MasterKey master, string label) => FromWide(master.DeriveFresh(label, 48));

    private static Es256Key FromWide(byte[] wide)
    {
        var scalar = (new BigInteger(wide, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var d = new byte[32];
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(d, d.Length - bytes.Length);
        try
        {
            return new(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wide);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The public keys in a PEM text (SubjectPublicKeyInfo), in their order; anything else in it is passed over.</summary>
    /// <exception cref="ArgumentException">A public key that is not on P-256, or cannot be read.</exception>
    public static IReadOnlyList<Es256Key> ReadPublicPem(string pem)
    {
        var keys = new List<Es256Key>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label].SequenceEqual("PUBLIC KEY"))
            {
                keys.Add(new(PointOf(rest[fields.Location])));
            }

            rest = rest[fields.Location.End..];
        }

        return keys;
    }

    /// <summary>The public half as PEM (SubjectPublicKeyInfo), with a line break at its end.</summary>
    public string ToPublicPem()
    {
        var key = Take();
        var pem = key.ExportSubjectPublicKeyInfoPem();
        idle.Add(key);
        return pem + "\n";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (idle.TryTake(out var key))
        {
            key.Dispose();
        }
    }

    internal override void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        var key = Take();
        if (!key.TrySignData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out _))
        {
            throw new CryptographicException("The signature does not fit.");
        }

        idle.Add(key);
    }

    internal override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var key = Take();
        var valid = key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        idle.Add(key);
        return valid;
    }

    private ECDsa Take() => idle.TryTake(out var key) ? key : ECDsa.Create(parameters);

    private static ECParameters PointOf(ReadOnlySpan<char> pem)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            var read = key.ExportParameters(includePrivateParameters: false);
            return read.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value ? read : throw new ArgumentException("The public key is not on P-256.", nameof(pem));
        }
        catch (CryptographicException)
        {
            throw new ArgumentException("The public key cannot be read.", nameof(pem));
        }
    }

    private static string Thumbprint(string x, string y) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
}
