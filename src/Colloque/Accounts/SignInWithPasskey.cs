using System.Text.Json;
using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Signs a person in with a passkey. Its user was verified, so it stands for both factors.</summary>
public sealed class SignInWithPasskey(
    PasskeyRows rows, AccountRows accounts, SignIns signIns, PasskeyProtocol protocol, PasskeyCeremonies ceremonies, RateLimits limits, TimeProvider time)
{
    /// <summary>Five statements. Whatever comes of it, the ceremony is over.</summary>
    /// <param name="ceremony">As <see cref="OfferPasskeySignIn"/> gave it: the challenge that the credential must answer.</param>
    /// <param name="credential">What <c>PublicKeyCredential.toJSON()</c> gives.</param>
    /// <param name="origin">From where.</param>
    /// <param name="address">Where this server is reached.</param>
    /// <param name="cancellationToken">Cancels between statements.</param>
    /// <exception cref="Refusal">401 <c>passkey_refused</c> for every flaw alike; 429; 503.</exception>
    public async Task<SignedIn> RunAsync(string ceremony, JsonElement credential, Origin origin, string address, CancellationToken cancellationToken)
    {
        limits.Take(Limit.LoginNetwork, origin.NetworkKey);
        var site = PasskeySite.At(address);
        if (PasskeyJson.ChallengeOf(credential)?.Text() != ceremony || await ceremonies.EndAsync(credential, null, cancellationToken) is not { } state)
        {
            throw PasskeyRefusals.NotAccepted();
        }

        var passkey = PasskeyJson.IdOf(credential) is { } id ? await rows.FindAsync(id, cancellationToken) : null;
        var use = passkey is null ? null : await protocol.AssertAsync(site, passkey, credential.GetRawText(), state);
        if (passkey is null || use is null || !await rows.UseAsync(passkey.Id, use, time.GetUtcNow(), cancellationToken))
        {
            throw PasskeyRefusals.NotAccepted();
        }

        var person = await accounts.FindProfileAsync(passkey.UserId, null, cancellationToken);
        if (person is not { Active: true })
        {
            throw PasskeyRefusals.NotAccepted();
        }

        var (caller, token) = await signIns.StartAsync(person.Profile, origin, cancellationToken);
        return signIns.Answer(person.Profile, person.SecurityVersion, caller, token);
    }
}
