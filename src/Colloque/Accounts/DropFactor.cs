using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Turns the authenticator off.</summary>
public sealed class DropFactor(AccountRows accounts, FactorRows rows, FactorCheck check, SignInNotices notices)
{
    /// <summary>Five statements and one password comparison.</summary>
    /// <exception cref="Refusal">409 <c>second_factor_mandatory</c>: the role must have one and this is the last; 409 <c>second_factor_not_set</c>; 422; 429; 503.</exception>
    public async Task RunAsync(Caller caller, string? password, string? code, CancellationToken cancellationToken)
    {
        var person = await accounts.FindProfileAsync(caller.UserId, null, cancellationToken) ?? throw Refusal.Unauthenticated();
        var factors = person.Profile.SecondFactor;
        if (!factors.Totp)
        {
            throw AccountRefusals.FactorNotSet();
        }

        if (factors is { Required: true, Passkeys: 0 })
        {
            throw AccountRefusals.FactorMandatory();
        }

        await check.RequireBothAsync(caller, password, code, cancellationToken);
        var outcome = await rows.DropAsync(caller.UserId, factors.Required, notices.OfFactor(person.Profile), cancellationToken);
        if (outcome == "last")
        {
            // A passkey went at the same moment.
            throw AccountRefusals.FactorMandatory();
        }
    }
}
