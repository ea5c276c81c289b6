using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Asks the caller's browser for a new passkey.</summary>
public sealed class OfferPasskey(PasskeyRows rows, AccountRows accounts, PasskeyProtocol protocol, PasskeyCeremonies ceremonies)
{
    /// <summary>Three statements; answers with the options for <c>navigator.credentials.create</c> as JSON, good for five minutes.</summary>
    /// <exception cref="Refusal">401; 409 <c>too_many_passkeys</c>; 503, also <c>passkeys_need_a_domain</c>.</exception>
    public async Task<string> RunAsync(Caller caller, string address, CancellationToken cancellationToken)
    {
        var site = PasskeySite.At(address);
        var person = await accounts.FindProfileAsync(caller.UserId, null, cancellationToken);
        if (person is not { Active: true })
        {
            throw Refusal.Unauthenticated();
        }

        var existing = await rows.ListAsync(caller, cancellationToken);
        if (existing.Count >= AddPasskey.Most)
        {
            throw PasskeyRefusals.TooMany();
        }

        var offer = await protocol.OfferCreationAsync(site, person.Profile, [.. existing.Select(static e => e.Stored)]);
        await ceremonies.BeginAsync(offer, caller.UserId, cancellationToken);
        return offer.Options;
    }
}
