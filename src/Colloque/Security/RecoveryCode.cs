using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>
/// A code for the day the phone is lost: 16 letters and digits in groups of four, 80 random bits, good once. The database has a hash
/// over the person and the code; at 80 bits a plain one is enough, and it outlives every key of the server.
/// </summary>
public static class RecoveryCode
{
    /// <summary>How many a person is given.</summary>
    public const int Count = 10;

    private const int Letters = 16;

    /// <summary>Without i, l, o and u, which are misread or spell words (Crockford's base32).</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A fresh one, as it is shown.</summary>
    public static string New() => string.Join('-', RandomNumberGenerator.GetString(Alphabet, Letters).Chunk(4).Select(static four => new string(four)));

    /// <summary>What the database keeps; null for what cannot be a code. Case, hyphens and spaces do not matter, nor do the letters mistaken for digits.</summary>
    public static byte[]? Hash(Guid person, string code)
    {
        Span<char> letters = stackalloc char[Letters];
        var length = 0;
        foreach (var c in code)
        {
            if (c is '-' or ' ')
            {
                continue;
            }

            var letter = char.ToLowerInvariant(c) switch { 'o' => '0', 'i' or 'l' => '1', var other => other };
            if (length == Letters || !Alphabet.Contains(letter, StringComparison.Ordinal))
            {
                return null;
            }

            letters[length++] = letter;
        }

        return length == Letters ? SHA256.HashData([.. "recovery code 1 "u8, .. person.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(letters.ToString())]) : null;
    }
}
