using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>A secret that two programs share, such as the one that a collector of metrics shows.</summary>
public static class SharedToken
{
    /// <summary>Compares in a time that tells neither where they differ nor how long the right one is.</summary>
    public static bool Matches(string given, string right) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(right)));
}
