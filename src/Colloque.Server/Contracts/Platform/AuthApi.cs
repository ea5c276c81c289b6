using Colloque.Accounts;
using Colloque.Security;
using Colloque.Server.Accounts;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Signing in, shared by all contracts: <c>/api/auth</c>, and the public key at <c>/.well-known/jwks.json</c>.</summary>
internal static class AuthApi
{
    internal static void MapAuth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/jwks.json", KeySet).WithTags("Authentication").WithSummary("The public key of access tokens (RFC 7517).").AllowEveryone();
        var group = routes.MapGroup("/api/auth").WithTags("Authentication").RequireOwnOrigin().AllowEveryone();
        group.MapPost("login", LoginAsync).WithSummary("Sign in; where a second factor is on, with its code, or for a challenge.").Accepts<LoginBody>("application/json").Produces<AuthTokens>();
        group.MapPost("refresh", RefreshAsync).WithSummary("Spend a refresh token for a new pair.").Accepts<RefreshBody>("application/json").Produces<AuthTokens>().NotAudited();
        group.MapPost("logout", LogoutAsync).WithSummary("End the sign-in, its tokens and its sockets.").Accepts<RefreshBody>("application/json").Produces(204);
        group.MapPost("setup", SetupAsync).WithSummary("Set the first super-admin's password, once.").Accepts<SetupBody>("application/json").Produces(204);
        var own = group.MapGroup("").RequireCaller();
        own.MapGet("me", MeAsync).WithSummary("Who is signed in.").Produces<AuthUser>().Allow(Access.All).AllowRestricted();
        own.MapPatch("me", ChangeMeAsync).WithSummary("Change one's own name, or the language of one's mails; members left out stay.").Accepts<OwnProfileBody>("application/json").Produces<AuthUser>().Allow(Access.All);
        AuthRegistrationApi.Map(group);
        AuthFactorsApi.Map(group);
    }

    private static async Task<IResult> LoginAsync(HttpContext http, SignIn verb)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.LoginBody);
        var answer = await verb.RunAsync(new(Required(body.Email, "email"), Required(body.Password, "password"), OriginOf(http), body.Code), http.RequestAborted);
        if (answer.SignedIn is { } signedIn)
        {
            return Answer(http, signedIn);
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(AuthWords.Of(answer.Challenge!), AuthJson.Default.TwoFactorChallenge);
    }

    private static async Task<IResult> RefreshAsync(HttpContext http, RefreshSignIn verb) =>
        Answer(http, await verb.RunAsync(await RefreshTokenAsync(http) ?? throw Refusal.Unauthenticated(), OriginOf(http), http.RequestAborted));

    private static async Task<IResult> LogoutAsync(HttpContext http, SignOut verb)
    {
        if (await RefreshTokenAsync(http) is { } token)
        {
            await verb.RunAsync(token, http.RequestAborted);
        }

        RefreshCookie.Remove(http);
        return Results.NoContent();
    }

    private static async Task<IResult> SetupAsync(HttpContext http, UseSetupLink verb)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.SetupBody);
        await verb.RunAsync(Required(body.Token, "token"), body.Password, OriginOf(http), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> MeAsync(HttpContext http, GetProfile verb) =>
        Results.Json(AuthWords.Of(await verb.RunAsync(http.Caller(), http.RequestAborted)), AuthJson.Default.AuthUser);

    private static async Task<IResult> ChangeMeAsync(HttpContext http, ChangeProfile verb)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.OwnProfileBody);
        return Results.Json(AuthWords.Of(await verb.RunAsync(http.Caller(), body.FirstName, body.LastName, body.Language, http.RequestAborted)), AuthJson.Default.AuthUser);
    }

    private static IResult KeySet(HttpContext http, AccessTokens tokens)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Text(tokens.KeySet(), "application/jwk-set+json");
    }

    internal static IResult Answer(HttpContext http, SignedIn signedIn)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Audit().SignedIn = signedIn.Profile;
        var web = RefreshCookie.IsWeb(http);
        if (web)
        {
            RefreshCookie.Set(http, signedIn.RefreshToken);
        }

        return Results.Json(
            new AuthTokens(
                signedIn.Access.Text, "Bearer", (int)signedIn.Access.Lifetime.TotalSeconds, web ? null : signedIn.RefreshToken, AuthWords.Of(signedIn.Profile), signedIn.Restricted ? true : null),
            AuthJson.Default.AuthTokens);
    }

    private static async Task<string?> RefreshTokenAsync(HttpContext http)
    {
        if (!RefreshCookie.IsWeb(http))
        {
            return Required((await JsonBody.ReadAsync(http, AuthJson.Default.RefreshBody)).RefreshToken, "refreshToken");
        }

        await JsonBody.ReadAsync(http, AuthJson.Default.CookieBody);
        return RefreshCookie.Read(http);
    }

    internal static string Required(string? value, string field) => string.IsNullOrEmpty(value) ? throw Refusal.Invalid(field, "required") : value;

    internal static Origin OriginOf(HttpContext http) => new(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent);
}
