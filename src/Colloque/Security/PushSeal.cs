using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>Seals a device's push address and keys (AES-256-GCM), tied to the row's hash: whoever has them could write to the device.</summary>
public sealed class PushSeal(MasterKey master)
{
    private readonly byte[] key = master.Derive("seal push subscriptions 1", 32);

    /// <summary>What a row is found by.</summary>
    public static byte[] Hash(string endpoint) => SHA256.HashData(Encoding.UTF8.GetBytes(endpoint));

    /// <summary>Seals for one row.</summary>
    public byte[] Seal(byte[] hash, ReadOnlySpan<byte> content) => MasterKey.KeyWrap.Wrap(key, content, hash);

    /// <summary>Null for another row's, another installation's, or changed bytes.</summary>
    public byte[]? Open(byte[] hash, ReadOnlySpan<byte> record)
    {
        try
        {
            return MasterKey.KeyWrap.Unwrap(key, record, hash);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
