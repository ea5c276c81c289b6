using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>Proof Key for Code Exchange (RFC 7636): a stolen code is worth nothing to who does not hold its verifier.</summary>
public static class Pkce
{
    /// <summary>The S256 challenge of a verifier.</summary>
    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
