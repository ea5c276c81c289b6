using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>
/// What a TURN server with a shared secret lets somebody in by, without knowing anybody (draft-uberti-behave-turn-rest-00, coturn's <c>use-auth-secret</c>): the name
/// says until when, in seconds since 1970, and for whom; the password is the name's HMAC-SHA-1 in base64.
/// </summary>
/// <param name="Username"><c>expiry:user</c>.</param>
/// <param name="Password">28 characters.</param>
/// <param name="ExpiresAt">To the second.</param>
public sealed record TurnCredential(string Username, string Password, DateTimeOffset ExpiresAt)
{
    /// <summary>How long one is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>One for a person.</summary>
    /// <param name="secret">Shared with the server.</param>
    /// <param name="user">Whom it is for.</param>
    /// <param name="now">From now on.</param>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The protocol's own; a MAC's key is not found by collisions.")]
    public static TurnCredential Issue(string secret, Guid user, DateTimeOffset now)
    {
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + Lifetime).ToUnixTimeSeconds());
        var name = string.Create(CultureInfo.InvariantCulture, $"{expires.ToUnixTimeSeconds()}:{user}");
        return new(name, Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(name))), expires);
    }

    /// <summary>A transaction's id of a STUN request: 96 bits that nobody can guess (RFC 8489, section 5).</summary>
    public static byte[] NewTransaction() => RandomNumberGenerator.GetBytes(12);
}
