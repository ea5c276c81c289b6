using System.Text.Json;
using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>A passkey's answer to a ceremony that <see cref="OfferPasskeySignIn"/> began.</summary>
/// <param name="Ceremony">As the offer gave it.</param>
/// <param name="Credential">What <c>PublicKeyCredential.toJSON()</c> gives.</param>
public sealed record PasskeyAnswer(string Ceremony, JsonElement Credential)
{
    /// <summary>Never the signature, whatever prints this.</summary>
    public override string ToString() => nameof(PasskeyAnswer);
}

/// <summary>
/// Demands of one who is signed in to prove themselves once more, before something that a stranger at their desk must not do: a passkey of theirs; or their password and, where
/// they have an authenticator, a code. Who has no password, because their institution knows them, shows the code or the passkey.
/// </summary>
public sealed class ProveOneself(FactorRows factors, FactorCheck check, PasskeyRows passkeys, PasskeyProtocol protocol, PasskeyCeremonies ceremonies, TimeProvider time)
{
    /// <summary>Returns where it was proved.</summary>
    /// <exception cref="Refusal">
    /// 401 <c>passkey_refused</c>; 409 <c>no_proof</c>: neither a password nor a second factor to show; 422 <c>password</c>, <c>code</c>; 429; 503.
    /// </exception>
    public async Task RequireAsync(Caller caller, string? password, string? code, PasskeyAnswer? passkey, string address, CancellationToken cancellationToken)
    {
        if (passkey is not null)
        {
            await RequirePasskeyAsync(caller, passkey, address, cancellationToken);
            return;
        }

        var hasCode = (await factors.FindAsync(caller.UserId, cancellationToken)).Sealed is not null;
        if (await factors.FindPasswordAsync(caller.UserId, cancellationToken) is not null)
        {
            await (hasCode ? check.RequireBothAsync(caller, password, code, cancellationToken) : check.RequirePasswordAsync(caller, password, cancellationToken));
            return;
        }

        if (!hasCode)
        {
            throw AccountRefusals.NoProof();
        }

        await check.RequireCodeAsync(caller, code, cancellationToken);
    }

    private async Task RequirePasskeyAsync(Caller caller, PasskeyAnswer answer, string address, CancellationToken cancellationToken)
    {
        check.Count(caller.UserId, knownNetwork: true);
        var site = PasskeySite.At(address);
        if (PasskeyJson.ChallengeOf(answer.Credential)?.Text() != answer.Ceremony || await ceremonies.EndAsync(answer.Credential, null, cancellationToken) is not { } state)
        {
            throw PasskeyRefusals.NotAccepted();
        }

        var known = PasskeyJson.IdOf(answer.Credential) is { } id ? await passkeys.FindAsync(id, cancellationToken) : null;
        // Another's passkey proves another.
        var use = known is null || known.UserId != caller.UserId ? null : await protocol.AssertAsync(site, known, answer.Credential.GetRawText(), state);
        if (known is null || use is null || !await passkeys.UseAsync(known.Id, use, time.GetUtcNow(), cancellationToken))
        {
            throw PasskeyRefusals.NotAccepted();
        }
    }
}
