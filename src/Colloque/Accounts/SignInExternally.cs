using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Signs a person in whom a provider vouches for.</summary>
/// <remarks>
/// The provider stands for the password and for nothing more: a second factor that is on is asked for, and one that must be and is not keeps the
/// sign-in restricted, unless the provider has seen a second factor itself and this installation believes it that.
/// </remarks>
public sealed class SignInExternally(ExternalRows externals, AccountRows rows, FactorRows factors, SignIns signIns, RateLimits limits, TimeProvider time)
{
    /// <summary>Three statements; two more for who comes for the first time.</summary>
    /// <exception cref="Refusal">403 <c>sign_on_no_account</c>, <c>approval_pending</c>; 429; 503.</exception>
    public async Task<SignInAnswer> RunAsync(ExternalIdentity identity, ExternalTrust trust, Origin origin, CancellationToken cancellationToken)
    {
        limits.Take(Limit.LoginNetwork, origin.NetworkKey);
        var external = await FindAsync(identity, trust, cancellationToken);
        if (external.UserId is not { } id || await rows.FindProfileAsync(id, null, cancellationToken) is not { Active: true } person)
        {
            throw ExternalRefusals.NoAccount();
        }

        if (!external.Approved)
        {
            throw AccountRefusals.ApprovalPending();
        }

        var proven = identity.SecondFactor && trust.TrustsSecondFactor;
        if (person.Profile.SecondFactor.On && !proven)
        {
            return new(null, await ChallengeAsync(person, cancellationToken));
        }

        var restricted = person.Profile.SecondFactor.Missing && !proven;
        var (caller, token) = await signIns.StartAsync(person.Profile, origin, cancellationToken, restricted);
        return new(signIns.Answer(person.Profile, person.SecurityVersion, caller, token, restricted), null);
    }

    private async Task<ExternalRow> FindAsync(ExternalIdentity identity, ExternalTrust trust, CancellationToken cancellationToken)
    {
        var email = identity.Email is { } said && trust.Covers(said) ? said : null;
        var found = await externals.FindAsync(identity, email, time.GetMoment(), cancellationToken);
        return found.Outcome == "none" && email is not null && trust.CreateUsers && await CreateAsync(identity, email, cancellationToken)
            ? await externals.FindAsync(identity, email, time.GetMoment(), cancellationToken)
            : found;
    }

    private Task<bool> CreateAsync(ExternalIdentity identity, string email, CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        // Who is not named has at least an address to be called by.
        var first = identity.FirstName ?? email[..email.IndexOf('@', StringComparison.Ordinal)];
        return externals.CreateAsync(Guid.CreateVersion7(now), identity, email, first, identity.LastName ?? "–", identity.Language ?? "en", now, cancellationToken);
    }

    private async Task<PendingChallenge> ChallengeAsync(ProfileRow person, CancellationToken cancellationToken)
    {
        var token = OpaqueToken.New();
        var now = time.GetUtcNow();
        await factors.OpenChallengeAsync(token.Hash, person.Profile.Id, person.SecurityVersion, knownNetwork: false, now, now + VerifyFactor.ChallengeLifetime, cancellationToken);
        return new(token.Text(), person.Profile.SecondFactor);
    }
}
