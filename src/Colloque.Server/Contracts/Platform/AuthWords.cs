using Colloque.Accounts;
using Colloque.Security;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Accounts in this contract's words.</summary>
internal static class AuthWords
{
    internal static AuthUser Of(Profile p) =>
        new(p.Id, p.Email, p.Name, PlatformWords.Of(p.Role), p.OrganizationId, p.OrganizationName, p.Language, p.FirstName, p.LastName, p.AvatarUrl, p.EmailVerified,
            new(p.SecondFactor.Totp, p.SecondFactor.Passkeys, p.SecondFactor.Required));

    internal static TwoFactorChallenge Of(PendingChallenge challenge)
    {
        var methods = new List<string>(3);
        if (challenge.Factors.Totp)
        {
            methods.Add("totp");
        }

        if (challenge.Factors.RecoveryCodesLeft > 0)
        {
            methods.Add("recovery");
        }

        if (challenge.Factors.Passkeys > 0)
        {
            methods.Add("passkey");
        }

        return new(true, challenge.Token, methods);
    }

    internal static TwoFactorState Of(FactorState factors) => new(factors.Totp, factors.Passkeys, factors.RecoveryCodesLeft, factors.Required);

    /// <summary>Whom a registration may be of; a patient where nothing is said.</summary>
    /// <exception cref="Refusal">422 <c>role</c>.</exception>
    internal static Role ToRegistrant(string? role) => role switch
    {
        null or "EMPLOYEE" => Role.Patient,
        "PRACTITIONER" => Role.Practitioner,
        _ => throw Refusal.Invalid("role"),
    };
}
