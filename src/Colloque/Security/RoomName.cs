using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>Names of media rooms: unguessable, and made of nothing else.</summary>
public static class RoomName
{
    /// <summary>128 random bits.</summary>
    public static byte[] Random() => RandomNumberGenerator.GetBytes(16);
}
