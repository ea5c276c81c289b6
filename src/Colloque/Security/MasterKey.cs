using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>
/// The installation's one secret: 32 random bytes in a file of mode 0400 (or an environment variable), never in the database.
/// It wraps tenant keys, and every other secret of the server is derived from it by HKDF-SHA256 (RFC 5869), one label a purpose.
/// </summary>
public sealed class MasterKey : IDisposable
{
    private const byte WrapVersion = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] secret;
    private readonly byte[] wrappingKey;

    /// <param name="secret">32 bytes.</param>
    /// <exception cref="ArgumentException">Any other length.</exception>
    public MasterKey(byte[] secret)
    {
        if (secret.Length != 32)
        {
            throw new ArgumentException("The master key must be 32 bytes (64 hexadecimal digits).", nameof(secret));
        }

        this.secret = secret;
        wrappingKey = Derive("wrap tenant keys", 32);
    }

    /// <summary>A secret for one purpose; the same label always gives the same bytes.</summary>
    /// <param name="label">Names the purpose; never reused for another.</param>
    /// <param name="length">In bytes.</param>
    public byte[] Derive(string label, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, length, salt: null, info: System.Text.Encoding.UTF8.GetBytes("colloque " + label));

    /// <summary>Wraps a key: version | nonce(12) | tag(16) | ciphertext; <paramref name="context"/> ties it to its row.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context) => KeyWrap.Wrap(wrappingKey, key, context);

    /// <summary>Opens what <see cref="Wrap"/> sealed.</summary>
    /// <exception cref="CryptographicException">Another master key, another row, or changed bytes: one error for all.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> context) => KeyWrap.Unwrap(wrappingKey, wrapped, context);

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(wrappingKey);
    }

    /// <summary>AES-256-GCM wrapping, shared by the two levels of the hierarchy.</summary>
    internal static class KeyWrap
    {
        internal static byte[] Wrap(ReadOnlySpan<byte> by, ReadOnlySpan<byte> key, ReadOnlySpan<byte> context)
        {
            var record = new byte[1 + NonceSize + TagSize + key.Length];
            record[0] = WrapVersion;
            RandomNumberGenerator.Fill(record.AsSpan(1, NonceSize));
            using var gcm = new AesGcm(by, TagSize);
            gcm.Encrypt(record.AsSpan(1, NonceSize), key, record.AsSpan(1 + NonceSize + TagSize), record.AsSpan(1 + NonceSize, TagSize), context);
            return record;
        }

        internal static byte[] Unwrap(ReadOnlySpan<byte> by, ReadOnlySpan<byte> record, ReadOnlySpan<byte> context)
        {
            if (record.Length <= 1 + NonceSize + TagSize || record[0] != WrapVersion)
            {
                throw new CryptographicException("The key cannot be opened.");
            }

            var key = new byte[record.Length - 1 - NonceSize - TagSize];
            using var gcm = new AesGcm(by, TagSize);
            try
            {
                gcm.Decrypt(record.Slice(1, NonceSize), record[(1 + NonceSize + TagSize)..], record.Slice(1 + NonceSize, TagSize), key, context);
            }
            catch (AuthenticationTagMismatchException)
            {
                throw new CryptographicException("The key cannot be opened.");
            }

            return key;
        }
    }
}
