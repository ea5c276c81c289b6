using Colloque.Accounts;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Accounts that come into being, and passwords that are forgotten or changed: <c>/api/auth</c>.</summary>
internal static class AuthRegistrationApi
{
    internal static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("register", RegisterAsync).WithSummary("Ask for an account; the answer is the same for every address.").Accepts<RegisterBody>("application/json").Produces<AcceptedAnswer>(202);
        group.MapPost("verify-email", VerifyAsync).WithSummary("Show that the address is read, with the mail's token.").Accepts<TokenBody>("application/json").Produces(204);
        group.MapPost("resend-verification", ResendAsync).WithSummary("Ask for that mail once more; the answer is the same for every address.").Accepts<EmailBody>("application/json").Produces<AcceptedAnswer>(202);
        group.MapPost("forgot-password", ForgotAsync).WithSummary("Ask for a link that sets a new password; the answer is the same for every address.").Accepts<EmailBody>("application/json").Produces<AcceptedAnswer>(202);
        group.MapPost("reset-password", ResetAsync).WithSummary("Set a new password with the mail's token; every sign-in ends.").Accepts<ResetBody>("application/json").Produces(204);
        group.MapGroup("").RequireCaller().MapPost("change-password", ChangeAsync).WithSummary("Change one's password; one's other sign-ins end.").Accepts<ChangePasswordBody>("application/json").Produces(204).Allow(Access.All);
    }

    private static async Task<IResult> RegisterAsync(HttpContext http, RegisterAccount register, AcceptInvitation accept)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.RegisterBody);
        var role = AuthWords.ToRegistrant(body.Role);
        await (body.Invitation is { } invitation
            ? accept.RunAsync(new(invitation, body.Email, body.Password, body.FirstName, body.LastName, body.Language), AuthApi.OriginOf(http), http.RequestAborted)
            : register.RunAsync(
                new(AuthApi.Required(body.Email, "email"), body.Password, body.FirstName, body.LastName, body.Language, role, body.OrganizationSlug, body.Title, body.Specialty),
                AuthApi.OriginOf(http), http.RequestAborted));
        return Accepted();
    }

    private static async Task<IResult> VerifyAsync(HttpContext http, VerifyEmail verb)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.TokenBody);
        await verb.RunAsync(AuthApi.Required(body.Token, "token"), AuthApi.OriginOf(http), http.RequestAborted);
        return Results.NoContent();
    }

    private static Task<IResult> ResendAsync(HttpContext http, RequestMail verb) => AskAsync(http, verb, TokenPurpose.Verify);

    private static Task<IResult> ForgotAsync(HttpContext http, RequestMail verb) => AskAsync(http, verb, TokenPurpose.Reset);

    private static async Task<IResult> AskAsync(HttpContext http, RequestMail verb, TokenPurpose purpose)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.EmailBody);
        await verb.RunAsync(AuthApi.Required(body.Email, "email"), purpose, AuthApi.OriginOf(http), http.RequestAborted);
        return Accepted();
    }

    private static async Task<IResult> ResetAsync(HttpContext http, ResetPassword verb)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.ResetBody);
        await verb.RunAsync(AuthApi.Required(body.Token, "token"), body.Password, AuthApi.OriginOf(http), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, ChangePassword verb)
    {
        var body = await JsonBody.ReadAsync(http, AuthJson.Default.ChangePasswordBody);
        await verb.RunAsync(http.Caller(), body.Password, body.NewPassword, http.RequestAborted);
        return Results.NoContent();
    }

    private static IResult Accepted() => Results.Json(new AcceptedAnswer("accepted"), AuthJson.Default.AcceptedAnswer, statusCode: 202);
}
