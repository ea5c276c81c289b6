using System.Text.Json.Serialization;

namespace Colloque.Server.Contracts.Platform;

/// <summary>An e-mail address and a password.</summary>
public sealed record LoginBody(string? Email, string? Password)
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

/// <summary>Who is signed in.</summary>
public sealed record AuthUser(Guid Id, string Email, string Name, string Role, Guid? OrganizationId, string? OrganizationName, string Language);

/// <summary>A new pair of tokens; <paramref name="RefreshToken"/> is absent where a cookie carries it.</summary>
/// <param name="AccessToken">A JWT for the Authorization header and for sockets.</param>
/// <param name="TokenType">Bearer.</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="RefreshToken">Opaque, good once.</param>
/// <param name="User">Who.</param>
public sealed record AuthTokens(
    string AccessToken, string TokenType, int ExpiresIn, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken, AuthUser User);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(RefreshBody))]
[JsonSerializable(typeof(CookieBody))]
[JsonSerializable(typeof(SetupBody))]
[JsonSerializable(typeof(AuthUser))]
[JsonSerializable(typeof(AuthTokens))]
internal sealed partial class AuthJson : JsonSerializerContext;
