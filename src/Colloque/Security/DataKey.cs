using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>The unwrapped key of one conversation (or later: note book, journal). Safe to use from several threads.</summary>
public sealed class DataKey(Guid id, Guid tenantId, Guid ownerId, byte[] key) : IDisposable
{
    private readonly AesGcm gcm = new(key, ContentCipher.TagSize);

    // AesGcm keeps one native context: two threads in it would corrupt each other.
    private readonly Lock gate = new();

    /// <summary>Names the key in every record that it seals.</summary>
    public Guid Id { get; } = id;

    /// <summary>The tenant it belongs to.</summary>
    public Guid TenantId { get; } = tenantId;

    /// <summary>The conversation it seals.</summary>
    public Guid OwnerId { get; } = ownerId;

    internal void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> cipher, Span<byte> tag, ReadOnlySpan<byte> context)
    {
        lock (gate)
        {
            gcm.Encrypt(nonce, plain, cipher, tag, context);
        }
    }

    internal void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> context)
    {
        lock (gate)
        {
            gcm.Decrypt(nonce, cipher, tag, plain, context);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gcm.Dispose();

    /// <summary>GCM does not commit to its key: this does, so that no record can be crafted to open under two.</summary>
    internal static byte[] Commitment(ReadOnlySpan<byte> key, Guid id, Guid tenantId)
    {
        Span<byte> text = stackalloc byte[6 + 16 + 16];
        "commit"u8.CopyTo(text);
        id.TryWriteBytes(text[6..], bigEndian: true, out _);
        tenantId.TryWriteBytes(text[22..], bigEndian: true, out _);
        return HMACSHA256.HashData(key, text);
    }
}
