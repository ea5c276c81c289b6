using System.Buffers.Binary;
using Colloque.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Colloque.Server.Accounts;

/// <summary>ASP.NET Core Identity's hasher, format 3: PBKDF2-HMAC-SHA512, 128-bit salt, 256-bit key, the cost beside them.</summary>
internal sealed class IdentityPasswords : Passwords
{
    /// <summary>OWASP's figure for this function: some 170 ms a password.</summary>
    public const int DefaultIterations = 220_000;

    /// <summary>Below this no setting goes.</summary>
    public const int FewestIterations = 210_000;

    private readonly PasswordHasher<IdentityPasswords> hasher;

    /// <param name="iterations">At least <see cref="FewestIterations"/>.</param>
    public IdentityPasswords(int iterations = DefaultIterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, FewestIterations);
        hasher = new(Options.Create(new PasswordHasherOptions { CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3, IterationCount = iterations }));
        DummyHash = Dummy(iterations);
    }

    /// <inheritdoc/>
    protected override string DummyHash { get; }

    /// <inheritdoc/>
    protected override string Hash(string password) => hasher.HashPassword(this, password);

    /// <inheritdoc/>
    protected override PasswordVerdict Verify(string hash, string password) => hasher.VerifyHashedPassword(this, hash, password) switch
    {
        PasswordVerificationResult.Success => PasswordVerdict.Ok,
        PasswordVerificationResult.SuccessRehashNeeded => PasswordVerdict.OkNeedsRehash,
        _ => PasswordVerdict.Failed,
    };

    /// <summary>Format 3 with a key of zeros, which no password derives to: marker, function (2: SHA-512), cost, salt length, salt, key.</summary>
    internal static string Dummy(int iterations)
    {
        var bytes = new byte[13 + 16 + 32];
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), 2);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), (uint)iterations);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), 16);
        return Convert.ToBase64String(bytes);
    }
}
