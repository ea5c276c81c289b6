using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>The tokens that lead into one visit: 64 characters, of which the database has a keyed hash to find them by and a sealed copy to tell them again.</summary>
public sealed class JoinTokens(MasterKey master)
{
    /// <summary>Characters of a token.</summary>
    public const int Length = 64;

    private const int Bytes = Length / 4 * 3;

    private readonly byte[] tokenKey = master.Derive("find join tokens 1", 32);
    private readonly byte[] codeKey = master.Derive("compare join codes 1", 32);

    /// <summary>A fresh one: 384 random bits in base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text could be one: what else comes never reaches the database.</summary>
    public static bool IsToken(string? text) => text is { Length: Length } && Base64Url.IsValid(text);

    /// <summary>What the database finds it by, 32 bytes; without the key nobody can tell which row a token is of.</summary>
    public byte[] Hash(string token) => HMACSHA256.HashData(tokenKey, Encoding.ASCII.GetBytes(token));

    /// <summary>A fresh code of six digits.</summary>
    public static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A code as the database compares it, 32 bytes, of one link alone: a million codes are soon tried without the key.</summary>
    public byte[] HashCode(Guid linkId, string code) => HMACSHA256.HashData(codeKey, Encoding.UTF8.GetBytes($"{linkId:N}|{code}"));
}
