using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>
/// Signs storage links (HMAC-SHA256) and seals the ticket they carry (AES-256-GCM), each under a key derived for it alone: a link in a
/// log, a history or a referrer tells neither whose it is nor what it leads to.
/// </summary>
internal sealed class LinkSeal(MasterKey master)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] signingKey = master.DeriveFresh("sign storage links", 32);
    private readonly byte[] ticketKey = master.DeriveFresh("seal storage tickets", 32);

    /// <summary>43 characters of base64url over all <paramref name="parts"/>, each with its length before it.</summary>
    internal string Sign(params ReadOnlySpan<string> parts) => Base64Url.EncodeToString(Mac(parts));

    /// <summary>Compares in constant time.</summary>
    internal bool Verify(string signature, params ReadOnlySpan<string> parts)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return signature.Length == Base64Url.GetEncodedLength(given.Length)
            && Base64Url.IsValid(signature)
            && Base64Url.DecodeFromChars(signature, given) == given.Length
            && CryptographicOperations.FixedTimeEquals(given, Mac(parts));
    }

    /// <summary>nonce | tag | ciphertext, in base64url.</summary>
    internal string Seal(ReadOnlySpan<byte> ticket, string context)
    {
        var record = new byte[NonceSize + TagSize + ticket.Length];
        RandomNumberGenerator.Fill(record.AsSpan(0, NonceSize));
        using var gcm = new AesGcm(ticketKey, TagSize);
        gcm.Encrypt(record.AsSpan(0, NonceSize), ticket, record.AsSpan(NonceSize + TagSize), record.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(context));
        return Base64Url.EncodeToString(record);
    }

    /// <summary>Null for whatever <see cref="Seal"/> did not make for this context.</summary>
    internal byte[]? Open(string ticket, string context)
    {
        if (!Base64Url.IsValid(ticket) || Base64Url.DecodeFromChars(ticket) is not { Length: > NonceSize + TagSize } record)
        {
            return null;
        }

        var plain = new byte[record.Length - NonceSize - TagSize];
        using var gcm = new AesGcm(ticketKey, TagSize);
        try
        {
            gcm.Decrypt(record.AsSpan(0, NonceSize), record.AsSpan(NonceSize + TagSize), record.AsSpan(NonceSize, TagSize), plain, Encoding.UTF8.GetBytes(context));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    // With lengths, so that no two lists of parts read alike.
    private byte[] Mac(ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return HMACSHA256.HashData(signingKey, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
