namespace Colloque.Security;

/// <summary>Seals what a waiting mail would tell of a person (AES-256-GCM, version | nonce(12) | tag(16) | ciphertext), tied to its row.</summary>
public sealed class MailSeal(MasterKey master)
{
    private readonly byte[] key = master.Derive("seal mails 1", 32);

    /// <summary>Seals for one row.</summary>
    public byte[] Seal(Guid mailId, ReadOnlySpan<byte> content) => MasterKey.KeyWrap.Wrap(key, content, mailId.ToByteArray(bigEndian: true));

    /// <summary>Null for another row's, another installation's, or changed bytes.</summary>
    public byte[]? Open(Guid mailId, ReadOnlySpan<byte> record)
    {
        try
        {
            return MasterKey.KeyWrap.Unwrap(key, record, mailId.ToByteArray(bigEndian: true));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
