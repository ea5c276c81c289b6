using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>
/// What PostgreSQL stores for a password under SCRAM-SHA-256 (RFC 5803, RFC 7677), computed on this side so that the password
/// never travels in a statement, which a server may log.
/// </summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;

    /// <param name="password">Printable ASCII, which SASLprep leaves as it is.</param>
    /// <exception cref="ArgumentException">The password is empty or has a character outside printable ASCII.</exception>
    public static string For(string password) => For(password, RandomNumberGenerator.GetBytes(16));

    internal static string For(string password, byte[] salt)
    {
        if (password.Length == 0 || password.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException("A role's password is printable ASCII.", nameof(password));
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return new StringBuilder("SCRAM-SHA-256$").Append(Iterations).Append(':').Append(Convert.ToBase64String(salt))
            .Append('$').Append(Convert.ToBase64String(stored)).Append(':').Append(Convert.ToBase64String(server)).ToString();
    }
}
