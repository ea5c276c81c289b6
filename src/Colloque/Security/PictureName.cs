using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>A name for a picture: 32 letters and digits, some 190 random bits. Whoever has it may see the picture, so nobody guesses it.</summary>
internal static class PictureName
{
    internal static string New() => RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 32);
}
