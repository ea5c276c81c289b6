using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Compares what a person proves themselves with: a code of their authenticator, a recovery code, their password once more.</summary>
public sealed class FactorCheck(FactorRows rows, AccountSeal seal, Passwords passwords, RateLimits limits, TimeProvider time)
{
    /// <summary>True for a code that counts, now and this once. Two statements at most.</summary>
    internal async Task<bool> PassAsync(Guid userId, byte[]? sealedSecret, byte[]? challenge, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var step = sealedSecret is null ? null : Totp.Match(seal.OpenFactor(userId, sealedSecret), code.Replace(" ", ""), now);
        var recovery = step is null ? RecoveryCode.Hash(userId, code) : null;
        return (step is not null || recovery is not null) && await rows.PassAsync(userId, challenge, step, recovery, now, cancellationToken);
    }

    /// <summary>Counts a try of a code. A network that the person signs in from has a bucket of its own, so that a stranger who knows the password and guesses codes locks out strangers.</summary>
    /// <exception cref="Refusal">429.</exception>
    internal void Count(Guid userId, bool knownNetwork) => limits.Take(knownNetwork ? Limit.CodeKnown : Limit.CodeAccount, userId);

    /// <summary>Demands the caller's password again.</summary>
    /// <returns>Its hash.</returns>
    /// <exception cref="Refusal">422 <c>password</c>; 429; 503.</exception>
    internal async Task<string> RequirePasswordAsync(Caller caller, string? password, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(password) || Passwords.IsTooLong(password))
        {
            throw Refusal.Invalid("password", string.IsNullOrEmpty(password) ? "required" : "too_long");
        }

        limits.Take(Limit.PasswordCheck, caller.UserId);
        var hash = await rows.FindPasswordAsync(caller.UserId, cancellationToken);
        return await passwords.VerifyAsync(hash, password, cancellationToken) == PasswordVerdict.Failed ? throw AccountRefusals.WrongPassword() : hash!;
    }

    /// <summary>Demands the caller's password again, and a code.</summary>
    /// <exception cref="Refusal">422 <c>password</c>, <c>code</c>; 429; 503.</exception>
    internal async Task RequireBothAsync(Caller caller, string? password, string? code, CancellationToken cancellationToken)
    {
        RequireText(code);
        await RequirePasswordAsync(caller, password, cancellationToken);
        await RequireCodeAsync(caller, code, cancellationToken);
    }

    /// <summary>Demands a code.</summary>
    /// <exception cref="Refusal">422 <c>code</c>; 429; 503.</exception>
    internal async Task RequireCodeAsync(Caller caller, string? code, CancellationToken cancellationToken)
    {
        RequireText(code);
        Count(caller.UserId, knownNetwork: true);
        var row = await rows.FindAsync(caller.UserId, cancellationToken);
        if (!await PassAsync(caller.UserId, row.Sealed, null, code!, cancellationToken))
        {
            throw AccountRefusals.WrongCode();
        }
    }

    private static void RequireText(string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            throw Refusal.Invalid("code", "required");
        }
    }
}
