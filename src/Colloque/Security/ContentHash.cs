using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>What a content is known by.</summary>
internal static class ContentHash
{
    /// <summary>SHA-256 of a stream from where it stands to its end: 64 hexadecimal digits, lower case.</summary>
    internal static async Task<string> OfAsync(Stream content, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));

    /// <summary>The id that a person's own key names among things of one kind: the same again names the same, and nobody else's key does (a UUID of version 8, RFC 9562).</summary>
    internal static Guid IdOf(Guid person, string kind, string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{person:N}|{kind}|{key}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
