using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Accounts;
using Colloque.Security;

namespace Colloque.Server.Accounts;

/// <summary>
/// A sign-in that is under way at a provider. What it needs lies sealed in a cookie of the browser that began it, for ten minutes and one answer: an answer in
/// any other browser finds nothing to go with, so nobody can be signed in as somebody else by a link.
/// </summary>
/// <param name="Provider">Whose.</param>
/// <param name="Secrets">To be found again in the answer.</param>
/// <param name="ReturnTo">A page of our own.</param>
/// <param name="ExpiresAt">UTC.</param>
internal sealed record OidcFlow(string Provider, OidcSecrets Secrets, string ReturnTo, DateTimeOffset ExpiresAt)
{
    /// <summary><c>__Host-</c>: no other host of the domain can plant one.</summary>
    internal const string CookieName = "__Host-colloque-sign-on";

    private const int MaxReturnTo = 300;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    internal static OidcFlow Begin(string provider, string? returnTo, DateTimeOffset now) => new(provider, OidcSecrets.New(), OwnPage(returnTo), now + Lifetime);

    /// <summary>The flow that this browser began with this provider and that this answer belongs to; it can be taken once.</summary>
    /// <exception cref="Refusal">403 <c>sign_on_lost</c>.</exception>
    internal static OidcFlow Take(HttpContext http, string provider, FlowSeal seal, DateTimeOffset now)
    {
        var cookie = http.Request.Cookies[CookieName];
        http.Response.Cookies.Append(CookieName, "", Cookie(TimeSpan.Zero));
        return cookie is not null && seal.Open(cookie) is { } bytes && JsonSerializer.Deserialize(bytes, OidcFlowJson.Default.OidcFlow) is { } flow
            && flow.Provider == provider && now < flow.ExpiresAt && http.Request.Query["state"] is [{ } state] && FlowSeal.Same(state, flow.Secrets.State)
                ? flow
                : throw ExternalRefusals.FlowLost();
    }

    internal void Keep(HttpContext http, FlowSeal seal) =>
        http.Response.Cookies.Append(CookieName, seal.Seal(JsonSerializer.SerializeToUtf8Bytes(this, OidcFlowJson.Default.OidcFlow)), Cookie(Lifetime));

    /// <summary>A path of this origin, and nothing that a browser would read as another's: no <c>//host</c>, no <c>/\host</c>, nothing outside printable ASCII.</summary>
    /// <exception cref="Refusal">422 <c>returnTo</c>.</exception>
    private static string OwnPage(string? path)
    {
        if (path is null or "")
        {
            return "/";
        }

        return path.Length <= MaxReturnTo && path[0] == '/' && (path.Length == 1 || path[1] != '/') && path.All(static c => c is > ' ' and <= '~' and not '\\' and not '#')
            ? path
            : throw Refusal.Invalid("returnTo");
    }

    // Lax: the provider sends the browser back from another site.
    private static CookieOptions Cookie(TimeSpan age) => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = age, IsEssential = true };
}

[JsonSerializable(typeof(OidcFlow))]
internal sealed partial class OidcFlowJson : JsonSerializerContext;
