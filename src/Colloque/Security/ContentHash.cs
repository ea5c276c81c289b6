using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>What a content is known by.</summary>
internal static class ContentHash
{
    /// <summary>SHA-256 of a stream from where it stands to its end: 64 hexadecimal digits, lower case.</summary>
    internal static async Task<string> OfAsync(Stream content, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
}
