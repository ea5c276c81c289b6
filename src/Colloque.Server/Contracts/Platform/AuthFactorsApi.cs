using Colloque.Accounts;
using Colloque.Server.Accounts;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Second factors: <c>/api/auth/2fa</c>.</summary>
internal static class AuthFactorsApi
{
    internal static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapPost("2fa/verify", VerifyAsync).AllowRestricted()
            .WithSummary("Sign in with a challenge and a code; or, signed in, turn the authenticator on with its first code.").Accepts<TwoFactorVerifyBody>("application/json").Produces<AuthTokens>();
        var group = auth.MapGroup("2fa").RequireCaller().Allow(Access.All).AllowRestricted();
        group.MapGet("", StateAsync).WithSummary("One's second factors.").Produces<TwoFactorState>();
        group.MapPost("setup", SetupAsync).WithSummary("Start the set-up of an authenticator; to replace one takes password and code.").Accepts<TwoFactorProofBody>("application/json").Produces<TwoFactorSetup>();
        group.MapPost("disable", DisableAsync).WithSummary("Turn the authenticator off.").Accepts<TwoFactorProofBody>("application/json").Produces(204);
        group.MapPost("recovery-codes", RecoveryCodesAsync).WithSummary("New recovery codes; those before end.").Accepts<TwoFactorProofBody>("application/json").Produces<RecoveryCodes>();
    }

    private static async Task<IResult> VerifyAsync(HttpContext http, VerifyFactor verify, ConfirmFactor confirm)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.TwoFactorVerifyBody);
        var code = AuthApi.Required(body.Code, "code");
        if (body.Challenge is { } challenge)
        {
            return AuthApi.Answer(http, await verify.RunAsync(challenge, code, AuthApi.OriginOf(http), http.RequestAborted));
        }

        return Codes(http, await confirm.RunAsync(await CallerBinding.AuthenticateAsync(http), code, http.RequestAborted));
    }

    private static async Task<IResult> StateAsync(HttpContext http, GetProfile verb) =>
        Results.Json(AuthWords.Of((await verb.RunAsync(http.Caller(), http.RequestAborted)).SecondFactor), AuthJson.Default.TwoFactorState);

    private static async Task<IResult> SetupAsync(HttpContext http, BeginFactor verb)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.TwoFactorProofBody);
        var setup = await verb.RunAsync(http.Caller(), body.Password, body.Code, http.RequestAborted);
        return Results.Json(new TwoFactorSetup(setup.Secret, setup.Uri, QrPicture.Svg(setup.Uri)), AuthJson.Default.TwoFactorSetup);
    }

    private static async Task<IResult> DisableAsync(HttpContext http, DropFactor verb)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.TwoFactorProofBody);
        await verb.RunAsync(http.Caller(), body.Password, body.Code, http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> RecoveryCodesAsync(HttpContext http, ReplaceRecoveryCodes verb)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.TwoFactorProofBody);
        return Codes(http, await verb.RunAsync(http.Caller(), body.Password, body.Code, http.RequestAborted));
    }

    private static IResult Codes(HttpContext http, IReadOnlyList<string> codes)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new RecoveryCodes(codes), AuthJson.Default.RecoveryCodes);
    }
}
