using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Spends a refresh token for a new pair.</summary>
/// <remarks>
/// Repeated within <see cref="SignIns.Grace"/>, it gives the same refresh token again. Later, or once the successor has been spent
/// too, somebody else holds a copy: the whole family ends, for the thief as for the owner.
/// </remarks>
public sealed class RefreshSignIn(RefreshRotation spend, AccountRows rows, SignIns signIns, SignInWatch watch, RateLimits limits, TimeProvider time)
{
    /// <summary>Two statements.</summary>
    /// <exception cref="Refusal">401 for every flaw alike; 429; 503.</exception>
    public async Task<SignedIn> RunAsync(string refreshToken, Origin origin, CancellationToken cancellationToken)
    {
        limits.Take(Limit.RefreshNetwork, origin.NetworkKey);
        var token = OpaqueToken.Parse(refreshToken) ?? throw Refusal.Unauthenticated();
        limits.Take(Limit.RefreshToken, refreshToken);
        var successor = token.Successor(signIns.SuccessorKey);
        var now = time.GetUtcNow();
        var rotation = await spend.RunAsync(token.Hash, successor.Hash, now, now + SignIns.RefreshLifetime, SignIns.Grace);
        if (rotation is { Outcome: "reused", SignInId: { } stolen, UserId: { } robbed })
        {
            watch.Revoke(stolen);
            throw AccountRefusals.RefreshReused(robbed, stolen);
        }

        if (rotation is not { Outcome: "rotated" or "repeated", SignInId: { } signInId, UserId: { } userId })
        {
            throw Refusal.Unauthenticated();
        }

        var person = await rows.FindProfileAsync(userId, signInId, cancellationToken);
        return person is { Active: true }
            ? signIns.Answer(person.Profile, person.SecurityVersion, SignIns.CallerOf(person.Profile, signInId), successor, person.Restricted || person.Profile.SecondFactor.Missing)
            : throw Refusal.Unauthenticated();
    }
}
