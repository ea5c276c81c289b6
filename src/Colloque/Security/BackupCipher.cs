using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>The two files of a backup: one's key opens nothing of the other.</summary>
public enum BackupKind
{
    /// <summary>Database and files.</summary>
    Content,

    /// <summary>The master key.</summary>
    Keys,
}

/// <summary>A backup does not open: another secret, another kind of file, changed or cut off. One error for all.</summary>
public sealed class UnreadableBackupException() : Exception("The backup cannot be opened: another secret, or the file was changed or cut off.");

/// <summary>
/// Encrypts a backup as it is written and decrypts it as it is read, one frame in memory at a time:
/// <c>magic(16) | salt(16) | header(8) | frame, frame, …</c>, frames as <see cref="FrameCipher"/> has them. The key is PBKDF2-HMAC-SHA512
/// (220,000 rounds) of the secret and the salt, so that a passphrase serves too.
/// </summary>
public static class BackupCipher
{
    /// <summary>Characters that a secret has at least.</summary>
    public const int FewestCharacters = 16;

    internal const int SaltSize = 16;
    private const int Rounds = 220_000;

    internal static ReadOnlySpan<byte> Magic => "colloque-backup\n"u8;

    /// <summary>A secret to write down: 256 random bits as 64 hexadecimal digits.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>A stream that seals what is written to it. Disposed without <see cref="SealingStream.CompleteAsync"/>, what it wrote opens never.</summary>
    public static async Task<SealingStream> SealAsync(Stream target, string secret, BackupKind kind, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var cipher = FrameCipher.ForWriting(KeyOf(secret, salt), new Guid(salt, bigEndian: true), ContextOf(kind));
        byte[] start = [.. Magic, .. salt, .. cipher.Header];
        await target.WriteAsync(start, cancellationToken);
        return new(target, cipher);
    }

    /// <summary>A stream of what was sealed; it ends only where the writer ended it.</summary>
    /// <exception cref="UnreadableBackupException">Not the start of such a file; a wrong secret shows at the first read.</exception>
    public static async Task<Stream> OpenAsync(Stream source, string secret, BackupKind kind, CancellationToken cancellationToken)
    {
        var start = new byte[Magic.Length + SaltSize + FrameCipher.HeaderSize];
        if (await source.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken) < start.Length || !start.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new UnreadableBackupException();
        }

        var salt = start[Magic.Length..(Magic.Length + SaltSize)];
        try
        {
            return new OpeningStream(source, FrameCipher.ForReading(KeyOf(secret, salt), new Guid(salt, bigEndian: true), ContextOf(kind), start.AsSpan(Magic.Length + SaltSize)));
        }
        catch (UnreadableObjectException)
        {
            throw new UnreadableBackupException();
        }
    }

    private static byte[] KeyOf(string secret, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, Rounds, HashAlgorithmName.SHA512, FrameCipher.KeySize);

    private static string ContextOf(BackupKind kind) => kind == BackupKind.Content ? "backup content 1" : "backup keys 1";
}
