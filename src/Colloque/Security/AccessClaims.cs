using System.Text.Json;

namespace Colloque.Security;

/// <summary>The claims of an access token whose signature holds; whether the sign-in still lives is another question.</summary>
internal sealed record AccessClaims(Caller Caller, int SecurityVersion, DateTimeOffset ExpiresAt, bool Restricted)
{
    /// <summary>How far another node's clock may be ahead. None is granted on <c>exp</c>.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>The claims, or null when one is missing, ill-typed, for another audience, or not of this time.</summary>
    internal static AccessClaims? Read(JsonElement claims, string issuer, DateTimeOffset now)
    {
        var ahead = (now + Skew).ToUnixTimeSeconds();
        if (Text(claims, "iss") != issuer || Text(claims, "aud") != AccessTokens.Audience
            || Number(claims, "iat") is not { } issued || issued > ahead
            || (claims.TryGetProperty("nbf", out _) && (Number(claims, "nbf") is not { } from || from > ahead))
            || Number(claims, "exp") is not (> 0 and < 253402300800 and var expires) || expires <= now.ToUnixTimeSeconds()
            || Number(claims, "sv") is not (> 0 and <= int.MaxValue and var version)
            || Id(claims, "sub") is not { } person || Id(claims, "sid") is not { } signIn
            || !ReadRestricted(claims, out var restricted)
            || !Enum.TryParse<Role>(Text(claims, "role"), out var role) || role.ToString() != Text(claims, "role"))
        {
            return null;
        }

        // Operators of the platform belong to no organization, practitioners may, everyone else belongs to one.
        var organization = claims.TryGetProperty("org", out _) ? Id(claims, "org") : Guid.Empty;
        var isOperator = role is Role.PlatformAdmin or Role.SuperAdmin;
        return organization is { } tenant && (role is Role.Practitioner || (tenant == Guid.Empty) == isOperator)
            ? new(new Caller(tenant, person, role, signIn), (int)version, DateTimeOffset.FromUnixTimeSeconds(expires), restricted is not null)
            : null;
    }

    /// <summary>Absent or true; anything else was not issued here.</summary>
    private static bool ReadRestricted(JsonElement claims, out bool? restricted)
    {
        restricted = claims.TryGetProperty("rst", out var value) ? value.ValueKind == JsonValueKind.True : null;
        return restricted is not false;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static Guid? Id(JsonElement claims, string name) => Guid.TryParseExact(Text(claims, name), "D", out var id) ? id : null;
}
