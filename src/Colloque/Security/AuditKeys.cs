using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>
/// What makes the audit hold against who can write the database: a key that authenticates each row as it is written, one that links the
/// rows of a chain, and one that signs, whose public half is all that a verifier needs. All are derived from the master key; none is in the database.
/// </summary>
public sealed class AuditKeys(MasterKey master) : IDisposable
{
    private readonly byte[] entryKey = master.Derive("audit entries 1", 32);
    private readonly byte[] chainKey = master.Derive("audit chain 1", 32);
    private readonly Es256Key signing = Es256Key.Derive(master, "audit signing key 1");

    /// <summary>Names the signing key: the RFC 7638 thumbprint of its public half.</summary>
    public string KeyId => signing.Id!;

    /// <summary>The public half, as PEM (SubjectPublicKeyInfo).</summary>
    public string PublicPem => signing.ToPublicPem();

    /// <summary>Says that this server wrote these bytes; 32 bytes.</summary>
    public byte[] Mac(byte[] entry) => HMACSHA256.HashData(entryKey, entry);

    /// <summary>Whether this server wrote these bytes.</summary>
    public bool IsOurs(byte[] entry, byte[] mac) => CryptographicOperations.FixedTimeEquals(Mac(entry), mac);

    /// <summary>A row's link to the one before it; 32 bytes.</summary>
    /// <param name="previous">The link before; zeros at the beginning of a chain.</param>
    /// <param name="digest">Of the row (<see cref="AuditSignatures.Digest"/>).</param>
    public byte[] Link(byte[] previous, byte[] digest) => HMACSHA256.HashData(chainKey, (byte[])[.. previous, .. digest]);

    /// <summary>Signs; 64 bytes (r and s).</summary>
    public byte[] Sign(byte[] data)
    {
        var signature = new byte[signing.SignatureSize];
        signing.Sign(data, signature);
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(entryKey);
        CryptographicOperations.ZeroMemory(chainKey);
        signing.Dispose();
    }
}

/// <summary>Public keys of the audit, and what can be told with them alone.</summary>
public sealed class AuditSignatures : IDisposable
{
    private readonly Dictionary<string, Es256Key> keys = new(StringComparer.Ordinal);

    /// <param name="pem">One public key or more, as PEM; each master key that the installation has had left one.</param>
    /// <exception cref="ArgumentException">No P-256 public key in it.</exception>
    public AuditSignatures(string pem)
    {
        foreach (var key in Es256Key.ReadPublicPem(pem))
        {
            if (!keys.TryAdd(key.Id!, key))
            {
                key.Dispose();
            }
        }

        if (keys.Count == 0)
        {
            throw new ArgumentException("There is no public key (PEM, P-256) in it.", nameof(pem));
        }
    }

    /// <summary>SHA-256; 32 bytes.</summary>
    public static byte[] Digest(byte[] data) => SHA256.HashData(data);

    /// <summary>Whether the key of that id signed these bytes; false for a key that is not known.</summary>
    public bool Verify(string keyId, byte[] data, byte[] signature) =>
        keys.TryGetValue(keyId, out var key) && signature.Length == key.SignatureSize && key.Verify(data, signature);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }
}
