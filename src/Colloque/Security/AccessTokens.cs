using System.Buffers;
using System.Text.Json;

namespace Colloque.Security;

/// <summary>What access tokens say of where they come from.</summary>
/// <param name="Issuer">The <c>iss</c> claim; two installations that share a master key by mistake still differ in this.</param>
/// <param name="DisplayName">What authenticators call this installation.</param>
public sealed record AccessTokenSettings(string Issuer = "colloque", string DisplayName = "Colloque");

/// <summary>An access token and its end.</summary>
/// <param name="Text">The JWT.</param>
/// <param name="ExpiresAt">From here on it is refused.</param>
/// <param name="Lifetime">From its issue to its end.</param>
public sealed record AccessToken(string Text, DateTimeOffset ExpiresAt, TimeSpan Lifetime);

/// <summary>Issues access tokens: JWTs (RFC 9068) signed ES256 with a key derived from the master key, so that every node verifies every node's.</summary>
public sealed class AccessTokens(MasterKey master, AccessTokenSettings settings, TimeProvider time) : IDisposable
{
    /// <summary>The <c>aud</c> of every access token.</summary>
    public const string Audience = "colloque-api";

    /// <summary>The <c>typ</c> of every access token: a token made for another purpose cannot stand in for one.</summary>
    public const string Type = "at+jwt";

    /// <summary>How long a token is good unless said otherwise.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Signs and verifies; its public half is published as a JWK set.</summary>
    public Es256Key Key { get; } = Es256Key.DeriveFresh(master, "access token signing key 1");

    /// <summary>The <c>iss</c> of every access token.</summary>
    public string Issuer => settings.Issuer;

    /// <summary>Issues a token that lives as any does, and never beyond an end of its own.</summary>
    /// <exception cref="Refusal">401: that end has come.</exception>
    public AccessToken IssueUntil(Caller caller, int securityVersion, DateTimeOffset until)
    {
        var left = until - time.GetUtcNow();
        return left > TimeSpan.Zero ? Issue(caller, securityVersion, left < DefaultLifetime ? left : DefaultLifetime) : throw Refusal.Unauthenticated();
    }

    /// <summary>Issues a token.</summary>
    /// <param name="caller">Whom it speaks for, and the sign-in it ends with.</param>
    /// <param name="securityVersion">The person's, now; a later one ends the token.</param>
    /// <param name="lifetime">Whole seconds; null for <see cref="DefaultLifetime"/>.</param>
    /// <param name="restricted">A second factor is still to be set up: good for that alone.</param>
    public AccessToken Issue(Caller caller, int securityVersion, TimeSpan? lifetime = null, bool restricted = false)
    {
        var now = time.GetUtcNow();
        var good = lifetime ?? DefaultLifetime;
        var issued = now.ToUnixTimeSeconds();
        var expires = issued + (long)good.TotalSeconds;
        var buffer = new ArrayBufferWriter<byte>(384);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", Issuer);
            json.WriteString("aud", Audience);
            json.WriteString("sub", caller.UserId);
            json.WriteString("sid", caller.SignInId);
            if (caller.Tenant is { } organization)
            {
                json.WriteString("org", organization);
            }

            json.WriteString("role", caller.Role.ToString());
            json.WriteNumber("sv", securityVersion);
            if (restricted)
            {
                json.WriteBoolean("rst", true);
            }

            json.WriteNumber("iat", issued);
            json.WriteNumber("exp", expires);
            json.WriteString("jti", Guid.CreateVersion7(now));
            json.WriteEndObject();
        }

        return new(Jws.Sign(Key, Type, buffer.WrittenSpan), DateTimeOffset.FromUnixTimeSeconds(expires), good);
    }

    /// <summary>The public key as a JWK set (RFC 7517), for those who verify tokens elsewhere.</summary>
    public string KeySet() =>
        $$"""{"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"{{Key.Id}}","x":"{{Key.X}}","y":"{{Key.Y}}"}]}""";

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}
