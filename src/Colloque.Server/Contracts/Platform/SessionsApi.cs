using Colloque.Accounts;
using Colloque.Security;
using Colloque.Server.Accounts;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Where one is signed in: <c>/api/auth/sessions</c>.</summary>
internal static class SessionsApi
{
    internal static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/auth/sessions").RequireCaller().WithTags("Authentication");
        group.MapGet("", ListAsync).WithSummary("Where one is signed in.").Produces<SessionList>().Allow(Access.All).AllowRestricted();
        group.MapDelete("", EndAllAsync).WithSummary("End all sign-ins but this one; with includeCurrent=true, this one too.").Produces(204).Allow(Access.All).AllowRestricted();
        group.MapDelete("{id}", EndAsync).WithSummary("End a sign-in, its tokens and its sockets.").Produces(204).Allow(Access.All).AllowRestricted();
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListSignIns verb)
    {
        var caller = http.Caller();
        var items = await verb.RunAsync(caller, http.RequestAborted);
        return Results.Json(new SessionList([.. items.Select(s => Of(s, caller))]), SessionsJson.Default.SessionList);
    }

    private static async Task<IResult> EndAsync(string id, HttpContext http, EndSignIn verb)
    {
        var (caller, signIn) = (http.Caller(), Ids.Parse(id, "id"));
        await verb.RunAsync(caller, signIn, http.RequestAborted);
        if (signIn == caller.SignInId)
        {
            RefreshCookie.Remove(http);
        }

        return Results.NoContent();
    }

    private static async Task<IResult> EndAllAsync(string? includeCurrent, HttpContext http, EndSignIn verb)
    {
        var all = includeCurrent switch { null or "false" => false, "true" => true, _ => throw Refusal.Invalid("includeCurrent") };
        await verb.RunAsync(http.Caller(), all, http.RequestAborted);
        if (all)
        {
            RefreshCookie.Remove(http);
        }

        return Results.NoContent();
    }

    private static SessionItem Of(SignInView s, Caller caller)
    {
        var name = DeviceName.Of(s.UserAgent);
        return new(s.Id, name.Device, name.Browser, s.Address?.ToString(), s.CreatedAt.UtcDateTime, s.LastUsedAt.UtcDateTime, s.Id == caller.SignInId);
    }
}
