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

    private readonly Func<MasterSecrets?>? reread;
    private volatile Opened keys;

    /// <summary>A key that stays as it is.</summary>
    /// <param name="secret">32 bytes.</param>
    /// <exception cref="ArgumentException">Any other length.</exception>
    public MasterKey(byte[] secret)
        : this(new MasterSecrets(secret, null, null), null)
    {
    }

    /// <summary>The secrets of a key file, which a rotation may change while this process runs.</summary>
    /// <param name="secrets">As read at the start.</param>
    /// <param name="reread">Reads them again; null when they cannot be read, and then what is known goes on to hold.</param>
    /// <exception cref="ArgumentException">One of them is not 32 bytes.</exception>
    public MasterKey(MasterSecrets secrets, Func<MasterSecrets?>? reread)
    {
        this.reread = reread;
        keys = new(secrets);
    }

    /// <summary>Names the key that wraps, without telling it.</summary>
    public Guid Id => keys.Wrapping.Id;

    /// <summary>A lasting secret for one purpose; the same label always gives the same bytes, also after the master key was rotated.</summary>
    /// <param name="label">Names the purpose; never reused for another.</param>
    /// <param name="length">In bytes.</param>
    public byte[] Derive(string label, int length) => Derive(keys.Secrets.Root ?? keys.Secrets.Current, label, length);

    /// <summary>A secret for what lives for minutes (tokens, links): another one at the first start after a rotation.</summary>
    /// <param name="label">Names the purpose; never reused for another.</param>
    /// <param name="length">In bytes.</param>
    public byte[] DeriveFresh(string label, int length) => Derive(keys.Secrets.Current, label, length);

    /// <summary>
    /// Wraps a key: version | nonce(12) | tag(16) | ciphertext; <paramref name="context"/> ties it to its row. What is wrapped so and kept
    /// must be wrapped anew by a rotation (<see cref="KeyRotation"/>).
    /// </summary>
    public byte[] Wrap(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context) => WrapNew(key, context).Wrapped;

    /// <summary>Wraps a key with the newest master key, and says which that is.</summary>
    public (byte[] Wrapped, Guid MasterId) WrapNew(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context)
    {
        Reload();
        var by = keys.Wrapping;
        return (KeyWrap.Wrap(by.Key, key, context), by.Id);
    }

    /// <summary>Opens what <see cref="Wrap"/> sealed, before, during and after a rotation.</summary>
    /// <exception cref="CryptographicException">Another master key, another row, or changed bytes: one error for all.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> context) =>
        keys.TryUnwrap(wrapped, context) ?? (Reload() ? keys.TryUnwrap(wrapped, context) : null) ?? throw new CryptographicException("The key cannot be opened.");

    /// <inheritdoc/>
    public void Dispose() => keys.Clear();

    private static byte[] Derive(byte[] secret, string label, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, length, salt: null, info: System.Text.Encoding.UTF8.GetBytes("colloque " + label));

    /// <summary>True when the key file says something else than before.</summary>
    private bool Reload()
    {
        if (reread?.Invoke() is not { } secrets || secrets.ToFile() == keys.Secrets.ToFile())
        {
            return false;
        }

        // What this process wrapped a moment ago may still be on its way: the keys before go on to open.
        keys = new(secrets, keys);
        return true;
    }

    /// <summary>The secrets of one moment, ready for use.</summary>
    private sealed class Opened
    {
        private readonly WrappingKey? other;
        private readonly Opened? before;

        internal Opened(MasterSecrets secrets, Opened? before = null)
        {
            this.before = before;
            Secrets = secrets;
            Wrapping = WrappingKey.Of(secrets.Current);
            other = secrets.Also is { } also ? WrappingKey.Of(also) : null;
        }

        internal MasterSecrets Secrets { get; }

        internal WrappingKey Wrapping { get; }

        internal byte[]? TryUnwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> context) =>
            KeyWrap.TryUnwrap(Wrapping.Key, wrapped, context) ?? (other is null ? null : KeyWrap.TryUnwrap(other.Key, wrapped, context)) ?? before?.TryUnwrap(wrapped, context);

        internal void Clear()
        {
            foreach (var secret in (ReadOnlySpan<byte[]?>)[Secrets.Current, Secrets.Also, Secrets.Root, Wrapping.Key, other?.Key])
            {
                CryptographicOperations.ZeroMemory(secret);
            }

            before?.Clear();
        }
    }

    private sealed record WrappingKey(Guid Id, byte[] Key)
    {
        internal static WrappingKey Of(byte[] secret) => secret.Length == 32
            ? new(MasterSecrets.IdOf(secret), Derive(secret, "wrap tenant keys", 32))
            : throw new ArgumentException("The master key must be 32 bytes (64 hexadecimal digits).", nameof(secret));
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

        internal static byte[] Unwrap(ReadOnlySpan<byte> by, ReadOnlySpan<byte> record, ReadOnlySpan<byte> context) =>
            TryUnwrap(by, record, context) ?? throw new CryptographicException("The key cannot be opened.");

        /// <summary>Null for another key, another row, and changed bytes alike.</summary>
        internal static byte[]? TryUnwrap(ReadOnlySpan<byte> by, ReadOnlySpan<byte> record, ReadOnlySpan<byte> context)
        {
            if (record.Length <= 1 + NonceSize + TagSize || record[0] != WrapVersion)
            {
                return null;
            }

            var key = new byte[record.Length - 1 - NonceSize - TagSize];
            using var gcm = new AesGcm(by, TagSize);
            try
            {
                gcm.Decrypt(record.Slice(1, NonceSize), record[(1 + NonceSize + TagSize)..], record.Slice(1 + NonceSize, TagSize), key, context);
                return key;
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
        }
    }
}
