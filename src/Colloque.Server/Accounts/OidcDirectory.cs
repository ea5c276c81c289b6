using System.Text.Json;
using Colloque.Accounts;
using Colloque.Security;

namespace Colloque.Server.Accounts;

/// <summary>Where a provider answers, by its own word (OpenID Connect Discovery 1.0).</summary>
/// <param name="Issuer">As tokens say it.</param>
/// <param name="Authorization">Where people go.</param>
/// <param name="Token">Where codes are exchanged.</param>
/// <param name="Keys">Its public keys.</param>
/// <param name="SecretInBody">It takes the client's secret in the body alone.</param>
/// <param name="NamesItself">Its answers carry <c>iss</c> (RFC 9207).</param>
/// <param name="ReadAt">When this was asked.</param>
internal sealed record OidcDirectory(string Issuer, Uri Authorization, Uri Token, ProviderKeys Keys, bool SecretInBody, bool NamesItself, DateTimeOffset ReadAt)
{
    /// <summary>Asks the provider.</summary>
    /// <exception cref="Refusal">503: it does not answer, or not as the provider of this authority.</exception>
    internal static async Task<OidcDirectory> ReadAsync(HttpClient http, Uri authority, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var root = authority.AbsoluteUri.TrimEnd('/');
        try
        {
            using var document = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(root + "/.well-known/openid-configuration"), cancellationToken));
            var issuer = document.RootElement.GetProperty("issuer").GetString();
            // Whoever could put another's name here could have tokens of another taken for this one's.
            if (issuer is null || issuer.TrimEnd('/') != root)
            {
                throw ExternalRefusals.ProviderAway();
            }

            var keys = ProviderKeys.Parse(await http.GetByteArrayAsync(Address(document.RootElement, "jwks_uri", authority), cancellationToken)) ?? throw ExternalRefusals.ProviderAway();
            return new(
                issuer, Address(document.RootElement, "authorization_endpoint", authority), Address(document.RootElement, "token_endpoint", authority), keys, InBody(document.RootElement),
                document.RootElement.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True, now);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw ExternalRefusals.ProviderAway();
        }
    }

    private static Uri Address(JsonElement root, string name, Uri authority) =>
        Uri.TryCreate(root.GetProperty(name).GetString(), UriKind.Absolute, out var url) && OidcSettings.IsSafe(url, authority) ? url : throw ExternalRefusals.ProviderAway();

    // Absent: client_secret_basic (Discovery 1.0, 3).
    private static bool InBody(JsonElement root) =>
        root.TryGetProperty("token_endpoint_auth_methods_supported", out var methods) && methods.ValueKind == JsonValueKind.Array
        && methods.EnumerateArray().All(static m => m.ValueKind != JsonValueKind.String || m.GetString() != "client_secret_basic");
}
