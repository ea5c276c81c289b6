using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Signs in with the second factor that a right password still awaits.</summary>
public sealed class VerifyFactor(AccountRows accounts, FactorRows rows, FactorCheck check, SignIns signIns, RateLimits limits, TimeProvider time)
{
    /// <summary>How long a right password waits.</summary>
    public static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Codes tried for one password, at most.</summary>
    public const int MostTries = 5;

    /// <summary>Four statements.</summary>
    /// <param name="challenge">From <see cref="PendingChallenge"/>.</param>
    /// <param name="code">Six digits, or a recovery code.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Refusal">401 <c>challenge_spent</c>, <c>wrong_code</c>; 429; 503.</exception>
    public async Task<SignedIn> RunAsync(string challenge, string code, Origin origin, CancellationToken cancellationToken)
    {
        limits.Take(Limit.LoginNetwork, origin.NetworkKey);
        var token = OpaqueToken.Parse(challenge) ?? throw AccountRefusals.ChallengeSpent();
        var row = await rows.TryChallengeAsync(token.Hash, MostTries, time.GetUtcNow(), cancellationToken) ?? throw AccountRefusals.ChallengeSpent();
        check.Count(row.UserId, row.KnownNetwork);
        if (!await check.PassAsync(row.UserId, row.Sealed, token.Hash, code, cancellationToken))
        {
            throw AccountRefusals.WrongSignInCode(row.UserId);
        }

        if (await accounts.FindProfileAsync(row.UserId, null, cancellationToken) is not { Active: true } person)
        {
            throw AccountRefusals.InvalidCredentials(row.UserId);
        }

        var (caller, refresh) = await signIns.StartAsync(person.Profile, origin, cancellationToken);
        return signIns.Answer(person.Profile, person.SecurityVersion, caller, refresh);
    }
}
