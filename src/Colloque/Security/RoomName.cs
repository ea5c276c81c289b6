using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>Names of media rooms: unguessable, and made of nothing else.</summary>
public static class RoomName
{
    /// <summary>A new one: 128 random bits in hexadecimal.</summary>
    public static string New() => "c-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
