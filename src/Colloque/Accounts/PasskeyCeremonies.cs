using System.Text.Json;
using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>
/// The ceremonies under way. Each has a challenge of 256 random bits that is good once, for <see cref="Lifetime"/>, and, where it was
/// given to someone signed in, for them alone. The database has its hash.
/// </summary>
public sealed class PasskeyCeremonies(PasskeyRows rows, MasterKey master, TimeProvider time)
{
    /// <summary>How long a person may take to answer their authenticator.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly CeremonySeal seal = new(master);

    /// <summary>Remembers an offer; gives its challenge.</summary>
    internal async Task<string> BeginAsync(PasskeyOffer offer, Guid? userId, CancellationToken cancellationToken)
    {
        var challenge = PasskeyJson.ChallengeOfOptions(offer.Options) ?? throw new InvalidOperationException("A passkey challenge must be 256 bits.");
        var now = time.GetUtcNow();
        await rows.OfferAsync(challenge.Hash, userId, seal.Seal(offer.State, challenge.Hash), now, now + Lifetime, cancellationToken);
        return challenge.Text();
    }

    /// <summary>What was remembered of the ceremony that a credential answers; from now on it is over. Null for none.</summary>
    internal async Task<string?> EndAsync(JsonElement credential, Guid? userId, CancellationToken cancellationToken)
    {
        if (PasskeyJson.ChallengeOf(credential) is not { } challenge)
        {
            return null;
        }

        var state = await rows.TakeAsync(challenge.Hash, userId, time.GetUtcNow(), cancellationToken);
        return state is null ? null : seal.Open(state, challenge.Hash);
    }
}
