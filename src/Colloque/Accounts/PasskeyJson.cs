using System.Buffers.Text;
using System.Text.Json;
using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>The two things to be known of WebAuthn's JSON before it is verified: which ceremony, and which passkey. What cannot be read is none.</summary>
internal static class PasskeyJson
{
    private const int MaxCredentialIdLength = 1023;

    /// <summary>The challenge of options we made.</summary>
    internal static OpaqueToken? ChallengeOfOptions(string options)
    {
        using var json = JsonDocument.Parse(options);
        return OpaqueToken.Parse(Text(json.RootElement, "challenge"));
    }

    /// <summary>The challenge that a credential says it answers.</summary>
    internal static OpaqueToken? ChallengeOf(JsonElement credential)
    {
        if (!Member(credential, "response", out var response) || Text(response, "clientDataJSON") is not { } encoded || !Base64Url.IsValid(encoded))
        {
            return null;
        }

        try
        {
            using var clientData = JsonDocument.Parse(Base64Url.DecodeFromChars(encoded));
            return OpaqueToken.Parse(Text(clientData.RootElement, "challenge"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The credential's id.</summary>
    internal static byte[]? IdOf(JsonElement credential) =>
        Text(credential, "id") is { Length: > 0 and <= MaxCredentialIdLength * 4 / 3 + 1 } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private static string? Text(JsonElement json, string member) => Member(json, member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Member(JsonElement json, string member, out JsonElement value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out value);
    }
}
