using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>Draws master keys.</summary>
public static class MasterSecret
{
    /// <summary>256 random bits as 64 hexadecimal digits.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(64, lowercase: true);
}
