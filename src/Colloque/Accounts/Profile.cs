using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Who is signed in, as they see themselves.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Email">Lower case.</param>
/// <param name="Name">As it is shown.</param>
/// <param name="Role">Their role.</param>
/// <param name="OrganizationId">Null for operators of the platform and its own practitioners.</param>
/// <param name="OrganizationName">Of the same.</param>
/// <param name="Language">fr, en or es.</param>
public sealed record Profile(Guid Id, string Email, string Name, Role Role, Guid? OrganizationId, string? OrganizationName, string Language)
{
    /// <summary>Null for who was added under one name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Null for who was added under one name.</summary>
    public string? LastName { get; init; }

    /// <summary>Where their picture is, or null.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>They have shown that they read <see cref="Email"/>.</summary>
    public bool EmailVerified { get; init; } = true;

    /// <summary>What they have beside a password.</summary>
    public FactorState SecondFactor { get; init; } = FactorState.Nothing;
}

/// <summary>What someone has beside a password.</summary>
/// <param name="Totp">An authenticator.</param>
/// <param name="Passkeys">How many.</param>
/// <param name="RecoveryCodesLeft">Unused ones.</param>
/// <param name="Required">Their role must have one of the first two.</param>
public sealed record FactorState(bool Totp, int Passkeys, int RecoveryCodesLeft, bool Required)
{
    /// <summary>Nothing, and nothing is asked.</summary>
    public static readonly FactorState Nothing = new(Totp: false, Passkeys: 0, RecoveryCodesLeft: 0, Required: false);

    /// <summary>A password alone does not sign them in.</summary>
    public bool On => Totp || Passkeys > 0;

    /// <summary>They must have one and have none.</summary>
    public bool Missing => Required && !On;
}

/// <summary>What signing in or refreshing gives.</summary>
/// <param name="Access">For requests and sockets.</param>
/// <param name="RefreshToken">Good once, for 30 days.</param>
/// <param name="Profile">Who.</param>
/// <param name="Restricted">A second factor is still to be set up: until then the sign-in is good for that alone.</param>
public sealed record SignedIn(AccessToken Access, string RefreshToken, Profile Profile, bool Restricted = false);

/// <summary>What a right password gives.</summary>
/// <param name="SignedIn">The sign-in; null while a second factor is awaited.</param>
/// <param name="Challenge">To come back with; null once signed in.</param>
public sealed record SignInAnswer(SignedIn? SignedIn, PendingChallenge? Challenge);

/// <summary>A password was right; a second factor is awaited.</summary>
/// <param name="Token">Opaque, for five minutes.</param>
/// <param name="Factors">What the person has.</param>
public sealed record PendingChallenge(string Token, FactorState Factors);
