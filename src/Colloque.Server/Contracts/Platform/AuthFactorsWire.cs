namespace Colloque.Server.Contracts.Platform;

/// <summary>The password was right; one of <paramref name="Methods"/> is still to come.</summary>
/// <param name="TwoFactorRequired">True.</param>
/// <param name="Challenge">For <c>/auth/2fa/verify</c>, for five minutes.</param>
/// <param name="Methods"><c>totp</c>, <c>recovery</c>, <c>passkey</c>: what this person has.</param>
public sealed record TwoFactorChallenge(bool TwoFactorRequired, string Challenge, IReadOnlyList<string> Methods);

/// <summary>A code, with the challenge it answers; without one, the first code of a new authenticator.</summary>
public sealed record TwoFactorVerifyBody(string? Challenge, string? Code)
{
    /// <summary>Never the code, whatever prints this.</summary>
    public override string ToString() => nameof(TwoFactorVerifyBody);
}

/// <summary>Proves once more who asks.</summary>
public sealed record TwoFactorProofBody(string? Password, string? Code)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(TwoFactorProofBody);
}

/// <summary>A new authenticator's secret, shown this once.</summary>
/// <param name="Secret">Base32, to type.</param>
/// <param name="OtpauthUri">The same, for authenticators.</param>
/// <param name="QrSvg">The same, to scan.</param>
public sealed record TwoFactorSetup(string Secret, string OtpauthUri, string QrSvg)
{
    /// <summary>Never the secret, whatever prints this.</summary>
    public override string ToString() => nameof(TwoFactorSetup);
}

/// <summary>One's second factors.</summary>
public sealed record TwoFactorState(bool Totp, int Passkeys, int RecoveryCodesLeft, bool Required);

/// <summary>Ten codes for the day the phone is lost, each good once, shown this once.</summary>
public sealed record RecoveryCodes([property: System.Text.Json.Serialization.JsonPropertyName("recoveryCodes")] IReadOnlyList<string> Codes)
{
    /// <summary>Never the codes, whatever prints this.</summary>
    public override string ToString() => nameof(RecoveryCodes);
}
