using System.Text.Json.Serialization;

namespace Colloque.Server.Contracts.Platform;

/// <summary>An e-mail address and a password, with the second factor's code where it is at hand.</summary>
public sealed record LoginBody(string? Email, string? Password, string? Code)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(LoginBody);
}

/// <summary>A refresh token to spend or to end.</summary>
public sealed record RefreshBody(string? RefreshToken)
{
    /// <summary>Never the token, whatever prints this.</summary>
    public override string ToString() => nameof(RefreshBody);
}

/// <summary>A browser's body: its refresh token travels in the cookie.</summary>
public sealed record CookieBody;

/// <summary>The link's token and the first super-admin's new password.</summary>
public sealed record SetupBody(string? Token, string? Password)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(SetupBody);
}

/// <summary>What a person changes of themselves, whatever their role; members left out stay.</summary>
/// <param name="FirstName">1..100 characters.</param>
/// <param name="LastName">1..99 characters.</param>
/// <param name="Language">Of their mails: fr, en or es.</param>
public sealed record OwnProfileBody(string? FirstName, string? LastName, string? Language);

/// <summary>Who is signed in.</summary>
public sealed record AuthUser(
    Guid Id, string Email, string Name, string Role, Guid? OrganizationId, string? OrganizationName, string Language,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FirstName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LastName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AvatarUrl,
    bool EmailVerified, SecondFactorWire SecondFactor);

/// <summary>What someone has beside a password, and whether their role must have it.</summary>
public sealed record SecondFactorWire(bool Totp, int Passkeys, bool Required);

/// <summary>A new pair of tokens; <paramref name="RefreshToken"/> is absent where a cookie carries it.</summary>
/// <param name="AccessToken">A JWT for the Authorization header and for sockets.</param>
/// <param name="TokenType">Bearer.</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="RefreshToken">Opaque, good once.</param>
/// <param name="User">Who.</param>
/// <param name="SecondFactorSetupRequired">True while the tokens are good for setting up a second factor alone; absent otherwise.</param>
public sealed record AuthTokens(
    string AccessToken, string TokenType, int ExpiresIn, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken, AuthUser User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? SecondFactorSetupRequired);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(RefreshBody))]
[JsonSerializable(typeof(CookieBody))]
[JsonSerializable(typeof(SetupBody))]
[JsonSerializable(typeof(OwnProfileBody))]
[JsonSerializable(typeof(AuthUser))]
[JsonSerializable(typeof(AuthTokens))]
[JsonSerializable(typeof(TwoFactorChallenge))]
[JsonSerializable(typeof(TwoFactorVerifyBody))]
[JsonSerializable(typeof(TwoFactorProofBody))]
[JsonSerializable(typeof(TwoFactorSetup))]
[JsonSerializable(typeof(TwoFactorState))]
[JsonSerializable(typeof(RecoveryCodes))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(AcceptedAnswer))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(EmailBody))]
[JsonSerializable(typeof(ResetBody))]
[JsonSerializable(typeof(ChangePasswordBody))]
internal sealed partial class AuthJson : JsonSerializerContext;
