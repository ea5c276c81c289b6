using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>Wraps what accounts keep secret (AES-256-GCM under the master key), each tied to its purpose and its row: a secret copied to another person opens for nobody.</summary>
public sealed class AccountSeal(MasterKey master)
{
    /// <summary>Wraps an authenticator's secret for its person.</summary>
    public byte[] SealFactor(Guid person, ReadOnlySpan<byte> secret) => master.Wrap(secret, FactorContext(person));

    /// <summary>Opens <see cref="SealFactor"/>'s.</summary>
    /// <exception cref="Refusal">503: another key or another person's; nothing about it helps the caller.</exception>
    public byte[] OpenFactor(Guid person, ReadOnlySpan<byte> wrapped)
    {
        try
        {
            return master.Unwrap(wrapped, FactorContext(person));
        }
        catch (CryptographicException)
        {
            throw Refusal.Unavailable();
        }
    }

    /// <summary>What ties a secret to its person; for those who exchange the master key.</summary>
    public static byte[] FactorContext(Guid person) => Encoding.UTF8.GetBytes($"second_factors|{person:N}|1");

    internal byte[] SealRequest(Guid request, ReadOnlySpan<byte> content) => master.Wrap(content, RequestContext(request));

    /// <summary>Null for what another key sealed.</summary>
    internal byte[]? OpenRequest(Guid request, ReadOnlySpan<byte> wrapped)
    {
        try
        {
            return master.Unwrap(wrapped, RequestContext(request));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[] RequestContext(Guid request) => Encoding.UTF8.GetBytes($"account_requests|{request:N}|1");
}
