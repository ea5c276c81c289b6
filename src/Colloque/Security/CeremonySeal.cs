using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>
/// Seals what the server remembers of a passkey ceremony (AES-256-GCM under a key derived for it alone), tied to the hash of its
/// challenge: whoever reads the database learns neither the challenge nor whose device is being asked.
/// </summary>
internal sealed class CeremonySeal(MasterKey master)
{
    private readonly byte[] key = master.Derive("seal passkey ceremonies 1", 32);

    internal byte[] Seal(string state, byte[] challengeHash) => MasterKey.KeyWrap.Wrap(key, Encoding.UTF8.GetBytes(state), challengeHash);

    /// <summary>Null for what <see cref="Seal"/> did not make for this challenge.</summary>
    internal string? Open(byte[] sealedState, byte[] challengeHash)
    {
        try
        {
            return Encoding.UTF8.GetString(MasterKey.KeyWrap.Unwrap(key, sealedState, challengeHash));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
