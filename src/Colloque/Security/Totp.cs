using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>
/// Time-based one-time codes (RFC 6238) as every authenticator makes them: HMAC-SHA1, six digits, steps of 30 seconds. A code of the
/// step before or after is taken too, for clocks that are not quite right; that no step counts twice, the database sees to.
/// </summary>
public static class Totp
{
    /// <summary>Seconds of a step.</summary>
    public const int StepSeconds = 30;

    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>Bytes of a secret: the length of the hash (RFC 4226, 4).</summary>
    public const int SecretSize = 20;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A fresh secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretSize);

    /// <summary>The step that a time falls into.</summary>
    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The step whose code this is, of the present one and its neighbours; null for any other text.</summary>
    /// <param name="secret">The person's.</param>
    /// <param name="code">Six digits.</param>
    /// <param name="now">The present.</param>
    public static long? Match(byte[] secret, string code, DateTimeOffset now)
    {
        if (code.Length != Digits)
        {
            return null;
        }

        long? found = null;
        Span<byte> given = stackalloc byte[Digits * 3];
        var length = Encoding.UTF8.GetBytes(code, given);
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            // All three are computed and compared whole: the time says nothing of how near a guess came.
            if (CryptographicOperations.FixedTimeEquals(given[..length], Encoding.ASCII.GetBytes(Code(secret, step))))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The code of a step (RFC 4226, 5.3).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "What authenticators compute; HMAC does not lean on the hash's resistance to collisions.")]
    public static string Code(byte[] secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % (int)Math.Pow(10, digits)).ToString($"D{digits}");
    }

    /// <summary>A secret as authenticators take it: base32 without padding (RFC 4648, 6).</summary>
    public static string Text(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder((secret.Length * 8 + 4) / 5);
        var (bits, held) = (0, 0);
        foreach (var b in secret)
        {
            (bits, held) = ((bits << 8) | b, held + 8);
            for (; held >= 5; held -= 5)
            {
                text.Append(Base32[(bits >> (held - 5)) & 31]);
            }

            bits &= 31;
        }

        return held == 0 ? text.ToString() : text.Append(Base32[(bits << (5 - held)) & 31]).ToString();
    }

    /// <summary>What a QR code for authenticators says: <c>otpauth://totp/…</c>.</summary>
    /// <param name="secret">The new secret.</param>
    /// <param name="issuer">The installation's name.</param>
    /// <param name="account">The person's address.</param>
    public static string Uri(ReadOnlySpan<byte> secret, string issuer, string account) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}?secret={Text(secret)}&issuer={System.Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
