using System.Text.Json.Serialization;
using Colloque.Accounts;
using Colloque.Audit;
using Colloque.Security;
using Colloque.Server.Accounts;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A provider one can sign in with.</summary>
public sealed record SignOnProvider(string Id, string Name);

/// <summary>All of them, in the operator's order.</summary>
public sealed record SignOnProviders(IReadOnlyList<SignOnProvider> Providers);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SignOnProviders))]
internal sealed partial class OidcJson : JsonSerializerContext;

/// <summary>Signing in with an institution's own account: <c>/api/auth/oidc</c>. Browsers go there by links; a refusal is a page to them, and a problem to programs.</summary>
internal static class OidcApi
{
    internal static void MapOidc(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/auth/oidc").WithTags("Authentication").AllowEveryone();
        group.MapGet("", List).WithSummary("The providers one can sign in with.").Produces<SignOnProviders>();
        var pages = group.MapGroup("").AddEndpointFilter(SignOnPage.ShowRefusalsAsync);
        pages.MapGet("{provider}/start", StartAsync).WithSummary("Send the browser to a provider.").Produces(302);
        pages.MapGet("{provider}/callback", FinishAsync).WithSummary("Take a provider's answer; sign the browser in and send it to the page it came from.").Produces(302).Audited("sign_on", AuditAction.Login);
    }

    private static IResult List(OidcProviders providers) =>
        Results.Json(new SignOnProviders([.. providers.All.Select(static p => new SignOnProvider(p.Settings.Id, p.Settings.Name))]), OidcJson.Default.SignOnProviders);

    private static async Task<IResult> StartAsync(HttpContext http, string provider, OidcProviders providers, FlowSeal seal, TimeProvider time)
    {
        var found = providers.Find(provider);
        var flow = OidcFlow.Begin(provider, http.Request.Query["returnTo"].FirstOrDefault(), time.GetUtcNow());
        var address = await found.AddressAsync(flow.Secrets, RedirectUri(http, provider), http.RequestAborted);
        flow.Keep(http, seal);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(address);
    }

    private static async Task<IResult> FinishAsync(HttpContext http, string provider, OidcProviders providers, FlowSeal seal, SignInExternally verb, TimeProvider time)
    {
        http.Response.Headers.CacheControl = "no-store";
        var found = providers.Find(provider);
        var flow = OidcFlow.Take(http, provider, seal, time.GetUtcNow());
        if (http.Request.Query["code"] is not [{ Length: > 0 and <= 4096 } code])
        {
            throw ExternalRefusals.Denied();
        }

        var identity = await found.IdentifyAsync(code, http.Request.Query["iss"].FirstOrDefault(), flow.Secrets, RedirectUri(http, provider), http.RequestAborted);
        var answer = await verb.RunAsync(identity, found.Settings.Trust, AuthApi.OriginOf(http), http.RequestAborted);
        if (answer.SignedIn is { } signedIn)
        {
            http.Audit().SignedIn = signedIn.Profile;
            RefreshCookie.Set(http, signedIn.RefreshToken);
            return Results.LocalRedirect(flow.ReturnTo);
        }

        // Behind #: the challenge stays in the browser, out of every log.
        var challenge = AuthWords.Of(answer.Challenge!);
        return Results.LocalRedirect($"{flow.ReturnTo}#challenge={challenge.Challenge}&methods={string.Join(',', challenge.Methods)}");
    }

    private static string RedirectUri(HttpContext http, string provider) => $"{Origins.Of(http)}/api/auth/oidc/{provider}/callback";
}
