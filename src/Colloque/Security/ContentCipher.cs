using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>Where a sealed value lives. It is the associated data: moved to any other row, column or tenant, the value is unreadable.</summary>
/// <param name="Column">Table and column, e.g. <c>messages.body</c>; ASCII, at most 64 characters.</param>
/// <param name="TenantId">The organization.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="RowId">The row.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Version">1 for the first, counting edits.</param>
public readonly record struct SealedPlace(string Column, Guid TenantId, Guid ConversationId, Guid RowId, Guid AuthorId, int Version);

/// <summary>
/// AES-256-GCM records: <c>version(1) | key id(16) | nonce(12) | tag(16) | ciphertext</c>. Encryption at rest by the server
/// (never end-to-end). Every failure to open is the same error: no oracle.
/// </summary>
public static class ContentCipher
{
    /// <summary>Bytes a record has beyond its plaintext.</summary>
    public const int Overhead = 1 + 16 + NonceSize + TagSize;

    internal const int NonceSize = 12;
    internal const int TagSize = 16;
    private const byte Version = 1;
    private const int ContextSize = 1 + 64 + (4 * 16) + 4;

    /// <summary>Seals <paramref name="plain"/> for <paramref name="place"/>.</summary>
    public static byte[] Seal(DataKey key, ReadOnlySpan<byte> plain, in SealedPlace place)
    {
        var record = new byte[Overhead + plain.Length];
        record[0] = Version;
        key.Id.TryWriteBytes(record.AsSpan(1), bigEndian: true, out _);
        var nonce = record.AsSpan(17, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        Span<byte> context = stackalloc byte[ContextSize];
        key.Encrypt(nonce, plain, record.AsSpan(Overhead), record.AsSpan(17 + NonceSize, TagSize), Context(place, context));
        return record;
    }

    /// <summary>Seals a text as UTF-8.</summary>
    public static byte[] Seal(DataKey key, string text, in SealedPlace place) => Seal(key, Encoding.UTF8.GetBytes(text), place);

    /// <summary>The id of the key that seals a record.</summary>
    /// <exception cref="CryptographicException">Not a record.</exception>
    public static Guid KeyId(ReadOnlySpan<byte> record) =>
        record.Length >= Overhead && record[0] == Version ? new Guid(record.Slice(1, 16), bigEndian: true) : throw Unreadable();

    /// <summary>Opens a record that was sealed for <paramref name="place"/>.</summary>
    /// <exception cref="CryptographicException">Another key, another place, or changed bytes.</exception>
    public static byte[] Open(DataKey key, ReadOnlySpan<byte> record, in SealedPlace place)
    {
        if (KeyId(record) != key.Id)
        {
            throw Unreadable();
        }

        var plain = new byte[record.Length - Overhead];
        Span<byte> context = stackalloc byte[ContextSize];
        try
        {
            key.Decrypt(record.Slice(17, NonceSize), record[Overhead..], record.Slice(17 + NonceSize, TagSize), plain, Context(place, context));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Unreadable();
        }

        return plain;
    }

    /// <summary>Opens a text.</summary>
    /// <exception cref="CryptographicException">As <see cref="Open"/>.</exception>
    public static string OpenText(DataKey key, ReadOnlySpan<byte> record, in SealedPlace place) => Encoding.UTF8.GetString(Open(key, record, place));

    private static ReadOnlySpan<byte> Context(in SealedPlace place, Span<byte> buffer)
    {
        var length = Encoding.ASCII.GetBytes(place.Column, buffer[1..65]);
        buffer[0] = (byte)length;
        var at = 1 + length;
        foreach (var id in (ReadOnlySpan<Guid>)[place.TenantId, place.ConversationId, place.RowId, place.AuthorId])
        {
            id.TryWriteBytes(buffer[at..], bigEndian: true, out _);
            at += 16;
        }

        BinaryPrimitives.WriteInt32BigEndian(buffer[at..], place.Version);
        return buffer[..(at + 4)];
    }

    private static CryptographicException Unreadable() => new("The record cannot be opened.");
}
