using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>An address and a password, tried from somewhere.</summary>
public sealed record SignInAttempt(string Email, string Password, Origin Origin)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(SignInAttempt);
}

/// <summary>Signs a person in on a device.</summary>
/// <remarks>
/// Who guesses is slowed by network and by account. An account's bucket is not shared by all: a network that the person has signed in
/// from in the last 30 days has one of its own, so that a stranger who empties the common one locks out strangers, not the owner.
/// Unknown addresses take the same way at the same cost, and get the same answer.
/// </remarks>
public sealed class SignIn(AccountRows rows, SignIns signIns, Passwords passwords, RateLimits limits, TimeProvider time)
{
    /// <summary>How long a network stays known.</summary>
    public static readonly TimeSpan NetworkKnownFor = TimeSpan.FromDays(30);

    /// <summary>Two statements and one password hash.</summary>
    /// <exception cref="Refusal">401 <c>invalid_credentials</c>; 422 <c>email</c>, <c>password</c>; 429; 503.</exception>
    public async Task<SignedIn> RunAsync(SignInAttempt attempt, CancellationToken cancellationToken)
    {
        RequireSpeakable(attempt);
        limits.Take(Limit.LoginNetwork, attempt.Origin.NetworkKey);
        var email = EmailAddress.Find(attempt.Email);
        var login = email is null ? null : await rows.FindLoginAsync(email, attempt.Origin.Network, time.GetUtcNow() - NetworkKnownFor, cancellationToken);
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
            throw AccountRefusals.InvalidCredentials();
        }

        if (verdict == PasswordVerdict.OkNeedsRehash)
        {
            await rows.RehashAsync(login.Profile.Id, login.PasswordHash, await passwords.HashAsync(attempt.Password, cancellationToken), cancellationToken);
        }

        var (caller, token) = await signIns.StartAsync(login.Profile, attempt.Origin, cancellationToken);
        return signIns.Answer(login.Profile, login.SecurityVersion, caller, token);
    }

    private static void RequireSpeakable(SignInAttempt attempt)
    {
        if (attempt.Email.Length is 0 or > EmailAddress.MaxLength)
        {
            throw Refusal.Invalid("email", attempt.Email.Length == 0 ? "required" : "too_long");
        }

        if (attempt.Password.Length is 0 or > Passwords.MaxLength)
        {
            throw Refusal.Invalid("password", attempt.Password.Length == 0 ? "required" : "too_long");
        }
    }
}
