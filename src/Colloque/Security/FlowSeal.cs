using System.Buffers.Text;
using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>Seals what a browser keeps for us while it is away at a sign-on provider (AES-256-GCM): it can neither read nor change it.</summary>
public sealed class FlowSeal(MasterKey master)
{
    private static readonly byte[] Context = "sign-on flow"u8.ToArray();

    private readonly byte[] key = master.DeriveFresh("seal sign-on flows 1", 32);

    /// <summary>In base64url.</summary>
    public string Seal(ReadOnlySpan<byte> content) => Base64Url.EncodeToString(MasterKey.KeyWrap.Wrap(key, content, Context));

    /// <summary>Null for whatever <see cref="Seal"/> did not make.</summary>
    public byte[]? Open(string text)
    {
        try
        {
            return Base64Url.IsValid(text) ? MasterKey.KeyWrap.Unwrap(key, Base64Url.DecodeFromChars(text), Context) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Compares in constant time.</summary>
    public static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(a), System.Text.Encoding.UTF8.GetBytes(b));
}
