using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>What a content is known by.</summary>
internal static class ContentHash
{
    private const int BufferSize = 64 * 1024;

    /// <summary>SHA-256 of a stream from where it stands to its end: 64 hexadecimal digits, lower case.</summary>
    /// <remarks>By hand: the framework's own method reads 4 KiB at a time, and goes on where they came from.</remarks>
    internal static async Task<string> OfAsync(Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>The id that a person's own key names among things of one kind: the same again names the same, and nobody else's key does (a UUID of version 8, RFC 9562).</summary>
    internal static Guid IdOf(Guid person, string kind, string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{person:N}|{kind}|{key}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
