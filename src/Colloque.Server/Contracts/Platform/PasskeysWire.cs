using System.Text.Json;
using System.Text.Json.Serialization;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A passkey that an authenticator made.</summary>
/// <param name="Name">1..100 characters, for the owner's list.</param>
/// <param name="Credential">What <c>PublicKeyCredential.toJSON()</c> gives (WebAuthn, RegistrationResponseJSON).</param>
public sealed record NewPasskeyBody(string? Name, JsonElement Credential);

/// <summary>Another name for a passkey.</summary>
/// <param name="Name">1..100 characters, for the owner's list.</param>
public sealed record PasskeyNameBody(string? Name);

/// <summary>A sign-in by passkey.</summary>
/// <param name="Ceremony">As the options gave it.</param>
/// <param name="Credential">What <c>PublicKeyCredential.toJSON()</c> gives (WebAuthn, AuthenticationResponseJSON).</param>
public sealed record PasskeySignInBody(string? Ceremony, JsonElement Credential)
{
    /// <summary>Never the signature, whatever prints this.</summary>
    public override string ToString() => nameof(PasskeySignInBody);
}

/// <summary>A body with nothing in it.</summary>
public sealed record NoBody;

/// <summary>One of one's own passkeys.</summary>
public sealed record PasskeyItem(Guid Id, string Name, DateTime CreatedAt, DateTime? LastUsedAt);

/// <summary>One's own passkeys, oldest first; 20 at most.</summary>
public sealed record PasskeyList(IReadOnlyList<PasskeyItem> Items);

/// <summary>A sign-in by passkey that has begun.</summary>
/// <param name="Ceremony">To be given back, once, within five minutes.</param>
/// <param name="Options">For <c>PublicKeyCredential.parseRequestOptionsFromJSON</c>.</param>
public sealed record PasskeySignInOptions(string Ceremony, JsonElement Options);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(NewPasskeyBody))]
[JsonSerializable(typeof(PasskeyNameBody))]
[JsonSerializable(typeof(PasskeySignInBody))]
[JsonSerializable(typeof(NoBody))]
[JsonSerializable(typeof(PasskeyItem))]
[JsonSerializable(typeof(PasskeyList))]
[JsonSerializable(typeof(PasskeySignInOptions))]
internal sealed partial class PasskeysJson : JsonSerializerContext;
