using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>
/// Seals the bytes of one object frame by frame: <c>version(1) | prefix(7) | frame, frame, …</c>, each frame at most
/// <see cref="FrameSize"/> bytes of AES-256-GCM ciphertext and its tag. The nonce is <c>prefix | frame number(4) | last(1)</c>: a frame
/// that is dropped, repeated, reordered or cut off at a boundary does not open. The associated data is version, file id and object key:
/// an object moved to another place or another file does not open either. Not for several threads at once.
/// </summary>
internal sealed class FrameCipher : IDisposable
{
    /// <summary>Bytes of content in every frame but the last.</summary>
    internal const int FrameSize = 1 << 20;

    /// <summary>Bytes that follow each frame's ciphertext.</summary>
    internal const int TagSize = 16;

    /// <summary>Bytes before the first frame.</summary>
    internal const int HeaderSize = 1 + PrefixSize;

    /// <summary>Bytes of an object's key.</summary>
    internal const int KeySize = 32;

    private const byte Version = 1;
    private const int PrefixSize = 7;

    private readonly AesGcm gcm;
    private readonly byte[] prefix;
    private readonly byte[] context;

    private FrameCipher(byte[] key, Guid fileId, string objectKey, byte[] prefix)
    {
        gcm = new AesGcm(key, TagSize);
        this.prefix = prefix;
        context = [Version, .. fileId.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(objectKey)];
    }

    /// <summary>What the object starts with. Random, so it also names this writing of it.</summary>
    internal byte[] Header => [Version, .. prefix];

    /// <summary>A key for one object and nothing else.</summary>
    internal static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeySize);

    /// <summary>A name for one object: 128 random bits under one of 256 folders.</summary>
    internal static string NewObjectKey()
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return $"{name[..2]}/{name}";
    }

    /// <summary>To write an object; each writing has a prefix of its own, so no nonce comes twice under one key.</summary>
    internal static FrameCipher ForWriting(byte[] key, Guid fileId, string objectKey) =>
        new(key, fileId, objectKey, RandomNumberGenerator.GetBytes(PrefixSize));

    /// <summary>To read an object that starts with <paramref name="header"/>.</summary>
    /// <exception cref="UnreadableObjectException">Not a header of this version.</exception>
    internal static FrameCipher ForReading(byte[] key, Guid fileId, string objectKey, ReadOnlySpan<byte> header) =>
        header.Length == HeaderSize && header[0] == Version ? new(key, fileId, objectKey, header[1..].ToArray()) : throw Unreadable();

    /// <summary>Bytes that <paramref name="size"/> bytes of content take in the store. An empty object has one empty frame.</summary>
    internal static long SealedSize(long size) => HeaderSize + size + (FrameCount(size) * TagSize);

    /// <summary>Frames of an object.</summary>
    internal static long FrameCount(long size) => Math.Max(1, (size + FrameSize - 1) / FrameSize);

    /// <summary>Turns <paramref name="frame"/> into ciphertext where it lies.</summary>
    internal void Seal(long number, bool last, Span<byte> frame, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[12];
        gcm.Encrypt(Nonce(number, last, nonce), frame, frame, tag, context);
    }

    /// <summary>Turns <paramref name="frame"/> into content where it lies.</summary>
    /// <exception cref="UnreadableObjectException">Another key, place or number, or changed bytes: one error for all.</exception>
    internal void Open(long number, bool last, Span<byte> frame, ReadOnlySpan<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[12];
        try
        {
            gcm.Decrypt(Nonce(number, last, nonce), frame, tag, frame, context);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Unreadable();
        }
    }

    public void Dispose() => gcm.Dispose();

    internal static UnreadableObjectException Unreadable() => new();

    private Span<byte> Nonce(long number, bool last, Span<byte> nonce)
    {
        prefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[PrefixSize..], checked((uint)number));
        nonce[11] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}

/// <summary>An object was changed, cut off, moved, or is none: one error for all.</summary>
internal sealed class UnreadableObjectException() : Exception("The object cannot be opened.");
