using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>An address and a password, tried from somewhere, with the second factor's code where it is at hand.</summary>
public sealed record SignInAttempt(string Email, string Password, Origin Origin, string? Code = null)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(SignInAttempt);
}

/// <summary>Signs a person in on a device.</summary>
/// <remarks>
/// Who guesses is slowed by network and by account. An account's bucket is not shared by all: a network that the person has signed in
/// from in the last 30 days has one of its own, so that a stranger who empties the common one locks out strangers, not the owner.
/// Unknown addresses take the same way at the same cost, and get the same answer; also where someone has registered them before.
/// </remarks>
public sealed class SignIn(AccountRows rows, FactorRows factors, FactorCheck check, SignIns signIns, Passwords passwords, RateLimits limits, TimeProvider time)
{
    /// <summary>How long a network stays known.</summary>
    public static readonly TimeSpan NetworkKnownFor = TimeSpan.FromDays(30);

    /// <summary>Two statements and one password hash; two more for a code.</summary>
    /// <exception cref="Refusal">401 <c>invalid_credentials</c>; to the right password: 403 <c>email_unverified</c>, <c>approval_pending</c>, 401 <c>wrong_code</c>; 422 <c>email</c>, <c>password</c>; 429; 503.</exception>
    public async Task<SignInAnswer> RunAsync(SignInAttempt attempt, CancellationToken cancellationToken)
    {
        RequireSpeakable(attempt);
        limits.Take(Limit.LoginNetwork, attempt.Origin.NetworkKey);
        var email = EmailAddress.Find(attempt.Email);
        var now = time.GetUtcNow();
        var address = email is null ? null : await rows.FindLoginAsync(email, attempt.Origin.Network, now - NetworkKnownFor, now, cancellationToken);
        // An account whose address nobody has verified has no password yet: only its registration has.
        var login = address?.Account is { Profile.EmailVerified: true } account ? account : null;
        if (login is { KnownNetwork: true })
        {
            limits.Take(Limit.LoginKnown, $"{login.Profile.Id:N} {attempt.Origin.NetworkKey}");
        }
        else
        {
            limits.Take(Limit.LoginAccount, email ?? "");
        }

        var verdict = await passwords.VerifyAsync(login?.PasswordHash, attempt.Password, cancellationToken);
        if (login is not { Active: true } || verdict == PasswordVerdict.Failed)
        {
            // The same second comparison for whoever registered, be it an address with an account, without one, or of no organization.
            throw address?.PendingHash is { } pending && await passwords.VerifyAsync(pending, attempt.Password, cancellationToken) != PasswordVerdict.Failed
                ? AccountRefusals.EmailUnverified()
                : AccountRefusals.InvalidCredentials(login?.Profile.Id);
        }

        if (verdict == PasswordVerdict.OkNeedsRehash)
        {
            await rows.RehashAsync(login.Profile.Id, login.PasswordHash, await passwords.HashAsync(attempt.Password, cancellationToken), cancellationToken);
        }

        if (!login.Approved)
        {
            throw AccountRefusals.ApprovalPending();
        }

        if (login.Profile.SecondFactor.On)
        {
            if (attempt.Code is null)
            {
                return new(null, await ChallengeAsync(login, cancellationToken));
            }

            await RequireCodeAsync(login, attempt.Code, cancellationToken);
        }

        var restricted = login.Profile.SecondFactor.Missing;
        var (caller, token) = await signIns.StartAsync(login.Profile, attempt.Origin, cancellationToken, restricted);
        return new(signIns.Answer(login.Profile, login.SecurityVersion, caller, token, restricted), null);
    }

    private async Task<PendingChallenge> ChallengeAsync(LoginRow login, CancellationToken cancellationToken)
    {
        var token = OpaqueToken.New();
        var now = time.GetUtcNow();
        await factors.OpenChallengeAsync(token.Hash, login.Profile.Id, login.SecurityVersion, login.KnownNetwork, now, now + VerifyFactor.ChallengeLifetime, cancellationToken);
        return new(token.Text(), login.Profile.SecondFactor);
    }

    private async Task RequireCodeAsync(LoginRow login, string code, CancellationToken cancellationToken)
    {
        check.Count(login.Profile.Id, login.KnownNetwork);
        var row = await factors.FindAsync(login.Profile.Id, cancellationToken);
        if (!await check.PassAsync(login.Profile.Id, row.Sealed, null, code, cancellationToken))
        {
            throw AccountRefusals.WrongSignInCode(login.Profile.Id);
        }
    }

    private static void RequireSpeakable(SignInAttempt attempt)
    {
        if (attempt.Email.Length is 0 or > EmailAddress.MaxLength)
        {
            throw Refusal.Invalid("email", attempt.Email.Length == 0 ? "required" : "too_long");
        }

        if (attempt.Password.Length == 0 || Passwords.IsTooLong(attempt.Password))
        {
            throw Refusal.Invalid("password", attempt.Password.Length == 0 ? "required" : "too_long");
        }
    }
}
