using System.Buffers.Text;
using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>256 random bits that mean nothing by themselves: refresh tokens and links in mails. The database has their SHA-256 alone.</summary>
public sealed class OpaqueToken
{
    private const int Size = 32;
    private readonly byte[] bytes;

    private OpaqueToken(byte[] bytes) => this.bytes = bytes;

    /// <summary>What the database keeps; a plain hash is enough for what cannot be guessed.</summary>
    public byte[] Hash => SHA256.HashData(bytes);

    /// <summary>A fresh one.</summary>
    public static OpaqueToken New() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>One from outside; null unless it is 43 characters of canonical base64url.</summary>
    public static OpaqueToken? Parse(string? text)
    {
        if (text is not { Length: 43 } || !Base64Url.IsValid(text))
        {
            return null;
        }

        var token = new OpaqueToken(new byte[Size]);
        return Base64Url.TryDecodeFromChars(text, token.bytes, out var written) && written == Size && token.Text() == text ? token : null;
    }

    /// <summary>
    /// The token that follows this one. It is computed, not drawn, so that whoever repeats a refresh (a lost answer, a second tab)
    /// gets the same successor although nobody stored it; without the key it cannot be foretold.
    /// </summary>
    /// <param name="key">The installation's key for successors.</param>
    public OpaqueToken Successor(byte[] key) => new(HMACSHA256.HashData(key, bytes));

    /// <summary>As it travels: 43 characters of base64url.</summary>
    public string Text() => Base64Url.EncodeToString(bytes);

    /// <summary>Never the token: what is printed by accident is worth nothing.</summary>
    public override string ToString() => "(token)";
}
