using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>
/// Encrypts for one device (RFC 8291 over the <c>aes128gcm</c> coding of RFC 8188): a fresh key and salt for each message, one record, padded to one length, so that the push
/// service learns neither what it carries nor of which kind it is.
/// </summary>
public static class PushCipher
{
    /// <summary>Bytes of a device's secret.</summary>
    public const int SecretSize = 16;

    /// <summary>Bytes of an uncompressed point of P-256.</summary>
    public const int PointSize = 65;

    /// <summary>Bytes of a message before its mark, padding included; a longer one is not padded.</summary>
    private const int PaddedSize = 128;

    private const int MaxMessage = 3_000;
    private const int SaltSize = 16;
    private const int TagSize = 16;

    /// <summary>Bytes of a record, at most: what every push service takes (RFC 8030, 7.2).</summary>
    private const int RecordSize = 4_096;

    /// <summary>Whether this is a point of the curve: anything else would tell something of the other key.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointSize || point[0] != 4)
        {
            return false;
        }

        try
        {
            using var key = Import(point);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The body of a push message.</summary>
    /// <param name="message">At most 3,000 bytes.</param>
    /// <param name="point">The device's public key, <c>p256dh</c>.</param>
    /// <param name="secret">The device's 16 bytes, <c>auth</c>.</param>
    /// <exception cref="ArgumentException">Too long.</exception>
    /// <exception cref="CryptographicException">No point of the curve.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> point, ReadOnlySpan<byte> secret)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(message, point, secret, own, RandomNumberGenerator.GetBytes(SaltSize), PaddedSize);
    }

    /// <summary>With a key and a salt that are given, as the example of the RFC has them.</summary>
    internal static byte[] Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> point, ReadOnlySpan<byte> secret, ECDiffieHellman own, ReadOnlySpan<byte> salt, int paddedSize)
    {
        if (message.Length > MaxMessage)
        {
            throw new ArgumentException("Longer than a push may be.", nameof(message));
        }

        using var device = Import(point);
        var ownPoint = Export(own);
        var (key, nonce) = Derive(own.DeriveRawSecretAgreement(device.PublicKey), secret, point, ownPoint, salt);

        // What follows the message: the mark of the last record, then zeros.
        var plain = new byte[Math.Max(message.Length, paddedSize) + 1];
        message.CopyTo(plain);
        plain[message.Length] = 2;

        // salt(16) | record size(4) | length of the key(1) | the key(65) | ciphertext | tag(16)
        var head = SaltSize + 5 + PointSize;
        var body = new byte[head + plain.Length + TagSize];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltSize), RecordSize);
        body[SaltSize + 4] = PointSize;
        ownPoint.CopyTo(body.AsSpan(SaltSize + 5));
        using var gcm = new AesGcm(key, TagSize);
        gcm.Encrypt(nonce, plain, body.AsSpan(head, plain.Length), body.AsSpan(head + plain.Length));
        CryptographicOperations.ZeroMemory(key);
        return body;
    }

    private static (byte[] Key, byte[] Nonce) Derive(byte[] agreed, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> device, ReadOnlySpan<byte> own, ReadOnlySpan<byte> salt)
    {
        Span<byte> material = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, agreed, material, secret, [.. "WebPush: info\0"u8, .. device, .. own]);
        CryptographicOperations.ZeroMemory(agreed);
        var (key, nonce) = (new byte[16], new byte[12]);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, key, salt, "Content-Encoding: aes128gcm\0"u8);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, nonce, salt, "Content-Encoding: nonce\0"u8);
        return (key, nonce);
    }

    private static ECDiffieHellman Import(ReadOnlySpan<byte> point) => ECDiffieHellman.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new() { X = point[1..33].ToArray(), Y = point[33..PointSize].ToArray() },
    });

    private static byte[] Export(ECDiffieHellman key)
    {
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }
}
