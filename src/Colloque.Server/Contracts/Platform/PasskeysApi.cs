using System.Text.Json;
using Colloque.Accounts;
using Colloque.Server.Accounts;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Passkeys, one's own and as a way in: <c>/api/auth/passkeys</c>.</summary>
internal static class PasskeysApi
{
    internal static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/auth/passkeys").RequireCaller().WithTags("Passkeys");
        own.MapGet("", ListAsync).WithSummary("One's own passkeys.").Produces<PasskeyList>().Allow(Access.All).AllowRestricted();
        own.MapPost("", AddAsync).WithSummary("Add the passkey that an authenticator made.").Accepts<NewPasskeyBody>("application/json").Produces<PasskeyItem>(201).Allow(Access.All).AllowRestricted();
        own.MapPost("options", OfferAsync).WithSummary("Options for navigator.credentials.create.").Accepts<NoBody>("application/json").Produces<JsonElement>().Allow(Access.All).AllowRestricted();
        own.MapPatch("{id}", RenameAsync).WithSummary("Give a passkey another name.").Accepts<PasskeyNameBody>("application/json").Produces(204).Allow(Access.All).AllowRestricted();
        own.MapDelete("{id}", RemoveAsync).WithSummary("Remove a passkey.").Produces(204).Allow(Access.All).AllowRestricted();
        var wayIn = routes.MapGroup("/api/auth/passkeys/sign-in").WithTags("Passkeys").RequireOwnOrigin().AllowEveryone();
        wayIn.MapPost("", SignInAsync).WithSummary("Sign in with a passkey.").Accepts<PasskeySignInBody>("application/json").Produces<AuthTokens>();
        wayIn.MapPost("options", OfferSignInAsync).WithSummary("Options for navigator.credentials.get.").Accepts<NoBody>("application/json").Produces<PasskeySignInOptions>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListPasskeys verb) =>
        Results.Json(new PasskeyList([.. (await verb.RunAsync(http.Caller(), http.RequestAborted)).Select(Of)]), PasskeysJson.Default.PasskeyList);

    private static async Task<IResult> OfferAsync(HttpContext http, OfferPasskey verb)
    {
        await JsonBody.ReadAsync(http, PasskeysJson.Default.NoBody);
        return Results.Text(await verb.RunAsync(http.Caller(), Origins.Of(http), http.RequestAborted), "application/json");
    }

    private static async Task<IResult> AddAsync(HttpContext http, AddPasskey verb)
    {
        var body = await JsonBody.ReadAsync(http, PasskeysJson.Default.NewPasskeyBody);
        var passkey = await verb.RunAsync(http.Caller(), body.Name, Required(body.Credential), Origins.Of(http), http.RequestAborted);
        http.Audit().ResourceId = passkey.Id;
        return Results.Json(Of(passkey), PasskeysJson.Default.PasskeyItem, statusCode: 201);
    }

    private static async Task<IResult> RenameAsync(string id, HttpContext http, RenamePasskey verb)
    {
        var passkey = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, PasskeysJson.Default.PasskeyNameBody);
        await verb.RunAsync(http.Caller(), passkey, body.Name, http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, RemovePasskey verb)
    {
        await verb.RunAsync(http.Caller(), Ids.Parse(id, "id"), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> OfferSignInAsync(HttpContext http, OfferPasskeySignIn verb)
    {
        await JsonBody.ReadAsync(http, PasskeysJson.Default.NoBody);
        var offer = await verb.RunAsync(AuthApi.OriginOf(http), Origins.Of(http), http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new PasskeySignInOptions(offer.Ceremony, JsonElement.Parse(offer.Options)), PasskeysJson.Default.PasskeySignInOptions);
    }

    private static async Task<IResult> SignInAsync(HttpContext http, SignInWithPasskey verb)
    {
        var body = await JsonBody.ReadAsync(http, PasskeysJson.Default.PasskeySignInBody);
        return AuthApi.Answer(http, await verb.RunAsync(AuthApi.Required(body.Ceremony, "ceremony"), Required(body.Credential), AuthApi.OriginOf(http), Origins.Of(http), http.RequestAborted));
    }

    private static JsonElement Required(JsonElement credential) => credential.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => throw Refusal.Invalid("credential", "required"),
        JsonValueKind.Object => credential,
        _ => throw Refusal.Invalid("credential"),
    };

    private static PasskeyItem Of(PasskeyView p) => new(p.Id, p.Name, p.CreatedAt.UtcDateTime, p.LastUsedAt?.UtcDateTime);
}
