using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>A sign-in by passkey that has begun.</summary>
/// <param name="Options">For <c>navigator.credentials.get</c>, as JSON.</param>
/// <param name="Ceremony">To be given back with the answer; good once, for five minutes.</param>
public sealed record PasskeySignInOffer(string Options, string Ceremony)
{
    /// <summary>Never the challenge, whatever prints this.</summary>
    public override string ToString() => nameof(PasskeySignInOffer);
}

/// <summary>Asks a browser for a signature by any passkey of this site. It names nobody, so it tells nothing of who has an account.</summary>
public sealed class OfferPasskeySignIn(PasskeyProtocol protocol, PasskeyCeremonies ceremonies, RateLimits limits)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">429; 503, also <c>passkeys_need_a_domain</c>.</exception>
    public async Task<PasskeySignInOffer> RunAsync(Origin origin, string address, CancellationToken cancellationToken)
    {
        limits.Take(Limit.PasskeyOffer, origin.NetworkKey);
        var offer = await protocol.OfferRequestAsync(PasskeySite.At(address));
        return new(offer.Options, await ceremonies.BeginAsync(offer, null, cancellationToken));
    }
}
