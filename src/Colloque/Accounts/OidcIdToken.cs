using System.Text.Json;
using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>What an ID token must say.</summary>
/// <param name="Issuer">The provider's own name for itself.</param>
/// <param name="ClientId">Ours at the provider.</param>
/// <param name="Nonce">Ours for this one sign-in.</param>
public sealed record OidcExpectation(string Issuer, string ClientId, string Nonce);

/// <summary>Reads an ID token (OpenID Connect Core 1.0, 3.1.3.7).</summary>
public static class OidcIdToken
{
    /// <summary>How far two clocks may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>A token is made for this one sign-in: an older one was kept by somebody.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>Who it speaks of.</summary>
    /// <param name="token">From the provider's token endpoint.</param>
    /// <param name="keys">The provider's.</param>
    /// <param name="expected">What it must say.</param>
    /// <param name="now">UTC.</param>
    /// <param name="identity">Where the verdict is good.</param>
    /// <returns>Bad for every flaw alike.</returns>
    public static ProviderVerdict Read(string token, ProviderKeys keys, OidcExpectation expected, DateTimeOffset now, out ExternalIdentity? identity)
    {
        identity = null;
        var verdict = keys.Verify(token, out var document);
        using var claims = document;
        if (verdict != ProviderVerdict.Good)
        {
            return verdict;
        }

        var root = claims!.RootElement;
        if (Text(root, "iss") != expected.Issuer || !IsForUs(root, expected.ClientId) || !IsNow(root, now) || Text(root, "nonce") != expected.Nonce
            || Text(root, "sub") is not { Length: > 0 and <= 255 } subject || subject.Any(char.IsControl))
        {
            return ProviderVerdict.Bad;
        }

        identity = new(
            expected.Issuer, subject, IsTrue(root, "email_verified") && Text(root, "email") is { } email ? EmailAddress.Find(email) : null,
            Name(root, "given_name", 100), Name(root, "family_name", 99), LanguageOf(Text(root, "locale")), HasSecondFactor(root));
        return ProviderVerdict.Good;
    }

    /// <summary>For us, and given to us: with several readers, the token must say who asked for it.</summary>
    private static bool IsForUs(JsonElement root, string clientId)
    {
        if (!root.TryGetProperty("aud", out var audience))
        {
            return false;
        }

        var several = audience.ValueKind == JsonValueKind.Array;
        var names = several ? audience.EnumerateArray().All(static a => a.ValueKind == JsonValueKind.String) && audience.EnumerateArray().Any(a => a.GetString() == clientId)
            : audience.ValueKind == JsonValueKind.String && audience.GetString() == clientId;
        var authorized = root.TryGetProperty("azp", out _) ? Text(root, "azp") == clientId : !several || audience.GetArrayLength() == 1;
        return names && authorized;
    }

    private static bool IsNow(JsonElement root, DateTimeOffset now) =>
        Time(root, "exp") is { } expires && expires > now - Skew
        && Time(root, "iat") is { } issued && issued <= now + Skew && issued >= now - Fresh - Skew
        && (!root.TryGetProperty("nbf", out _) || Time(root, "nbf") <= now + Skew);

    private static DateTimeOffset? Time(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Some providers write booleans as text.
    private static bool IsTrue(JsonElement root, string name) => root.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True || Text(root, name) == "true");

    private static string? Name(JsonElement root, string name, int max)
    {
        try
        {
            return PersonName.ParseOptional(Text(root, name), name, max);
        }
        catch (Refusal)
        {
            return null;
        }
    }

    private static string? LanguageOf(string? locale) => locale is { Length: >= 2 } && (locale.Length == 2 || locale[2] is '-' or '_') && locale[..2].ToLowerInvariant() is "fr" or "en" or "es"
        ? locale[..2].ToLowerInvariant()
        : null;

    private static bool HasSecondFactor(JsonElement root) =>
        root.TryGetProperty("amr", out var methods) && methods.ValueKind == JsonValueKind.Array && methods.EnumerateArray().Any(static m => m.ValueKind == JsonValueKind.String && m.GetString() == "mfa");
}
