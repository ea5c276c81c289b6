using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Colloque.Accounts;
using Colloque.Security;

namespace Colloque.Server.Accounts;

/// <summary>What we keep of a sign-in while its person is at the provider.</summary>
/// <param name="State">Comes back with the answer: the answer is to our question.</param>
/// <param name="Nonce">Comes back in the token: the token is for this sign-in.</param>
/// <param name="Verifier">Shown to the provider with the code: the code is ours.</param>
internal sealed record OidcSecrets(string State, string Nonce, string Verifier)
{
    internal static OidcSecrets New() => new(OpaqueToken.New().Text(), OpaqueToken.New().Text(), OpaqueToken.New().Text());

    /// <summary>None of them, whatever prints this.</summary>
    public override string ToString() => nameof(OidcSecrets);
}

/// <summary>Speaks to one provider: authorization code flow with PKCE (RFC 6749, RFC 7636, OpenID Connect Core 1.0). What it says of itself is kept for an hour.</summary>
internal sealed class OidcProvider(OidcSettings settings, HttpClient http, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim asking = new(1, 1);
    private OidcDirectory? known;

    internal OidcSettings Settings => settings;

    /// <summary>Where the person goes.</summary>
    /// <exception cref="Refusal">503.</exception>
    internal async Task<string> AddressAsync(OidcSecrets secrets, string redirectUri, CancellationToken cancellationToken)
    {
        var directory = await DirectoryAsync(null, cancellationToken);
        (string Name, string Value)[] query =
        [
            ("response_type", "code"), ("client_id", settings.ClientId), ("redirect_uri", redirectUri), ("scope", settings.Scopes), ("state", secrets.State), ("nonce", secrets.Nonce),
            ("code_challenge", Pkce.Challenge(secrets.Verifier)), ("code_challenge_method", "S256"),
        ];
        var joined = string.Join('&', query.Select(static p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        var address = directory.Authorization.AbsoluteUri;
        return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{joined}";
    }

    /// <summary>Exchanges the code, and reads who it was given for.</summary>
    /// <param name="code">From the answer.</param>
    /// <param name="issuer">The answer's <c>iss</c>, or null.</param>
    /// <param name="secrets">Of this sign-in.</param>
    /// <param name="redirectUri">The same as before.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="Refusal">403 <c>sign_on_unproven</c>; 503.</exception>
    internal async Task<ExternalIdentity> IdentifyAsync(string code, string? issuer, OidcSecrets secrets, string redirectUri, CancellationToken cancellationToken)
    {
        var directory = await DirectoryAsync(null, cancellationToken);
        // An answer of another provider, mixed up with this one's (RFC 9207).
        if (issuer is null ? directory.NamesItself : issuer != directory.Issuer)
        {
            throw ExternalRefusals.Unproven();
        }

        var token = await ExchangeAsync(directory, code, secrets, redirectUri, cancellationToken);
        var expected = new OidcExpectation(directory.Issuer, settings.ClientId, secrets.Nonce);
        var verdict = OidcIdToken.Read(token, directory.Keys, expected, time.GetUtcNow(), out var identity);
        if (verdict == ProviderVerdict.UnknownKey)
        {
            // The provider has new keys since we asked; the token came over its own connection, so nobody else makes us ask again.
            directory = await DirectoryAsync(directory, cancellationToken);
            verdict = OidcIdToken.Read(token, directory.Keys, expected, time.GetUtcNow(), out identity);
        }

        return verdict == ProviderVerdict.Good ? identity! : throw ExternalRefusals.Unproven();
    }

    /// <inheritdoc/>
    public void Dispose() => asking.Dispose();

    private async Task<string> ExchangeAsync(OidcDirectory directory, string code, OidcSecrets secrets, string redirectUri, CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirectUri), new("code_verifier", secrets.Verifier),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, directory.Token);
        if (settings.ClientSecret is { } secret && !directory.SecretInBody)
        {
            // RFC 6749, 2.3.1: both are form-encoded before they are joined.
            var pair = $"{WebUtility.UrlEncode(settings.ClientId)}:{WebUtility.UrlEncode(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            form.Add(new("client_id", settings.ClientId));
            if (settings.ClientSecret is { } plain)
            {
                form.Add(new("client_secret", plain));
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Accept.Add(new("application/json"));
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode is >= 400 and < 500)
            {
                // A code that is spent, expired or another's.
                throw ExternalRefusals.Unproven();
            }

            answer.EnsureSuccessStatusCode();
            using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return body.RootElement.GetProperty("id_token").GetString() ?? throw ExternalRefusals.Unproven();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw ExternalRefusals.ProviderAway();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw ExternalRefusals.Unproven();
        }
    }

    /// <summary>What the provider says of itself, asked anew after an hour, or where the caller's is not good enough. One asks, the others wait.</summary>
    private async Task<OidcDirectory> DirectoryAsync(OidcDirectory? notThis, CancellationToken cancellationToken)
    {
        if (Current(notThis) is { } current)
        {
            return current;
        }

        await asking.WaitAsync(cancellationToken);
        try
        {
            // The one before stays as it is: somebody may be verifying with its keys.
            return Current(notThis) ?? (known = await OidcDirectory.ReadAsync(http, settings.Authority, time.GetUtcNow(), cancellationToken));
        }
        finally
        {
            asking.Release();
        }
    }

    private OidcDirectory? Current(OidcDirectory? notThis) => known is { } k && !ReferenceEquals(k, notThis) && time.GetUtcNow() < k.ReadAt + KeptFor ? k : null;
}
