using Colloque.Accounts;
using Colloque.Server.Http;

namespace Colloque.Server.Accounts;

/// <summary>A browser's refresh token: where no script reads it and no other site sends it. <c>__Host-</c> keeps other hosts of the domain from setting it.</summary>
internal static class RefreshCookie
{
    internal const string Name = "__Host-colloque-refresh";

    /// <summary>A browser says so; no form and no simple cross-site request can send the header.</summary>
    internal static bool IsWeb(HttpContext http) => http.Request.Headers["X-Colloque-Client"] == "web";

    internal static string? Read(HttpContext http) => http.Request.Cookies[Name];

    internal static void Set(HttpContext http, string token) => http.Response.Cookies.Append(Name, token, Options(SignIns.RefreshLifetime));

    internal static void Remove(HttpContext http)
    {
        if (IsWeb(http))
        {
            http.Response.Cookies.Append(Name, "", Options(TimeSpan.Zero));
        }
    }

    /// <summary>Refuses what another site's page sends, where the browser names the page's origin: a cookie must not be spent, nor a sign-in planted, from there.</summary>
    internal static RouteGroupBuilder RequireOwnOrigin(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(static (context, next) =>
        {
            var http = context.HttpContext;
            return http.Request.Headers.Origin is not [var origin, ..] || origin == Origins.Of(http) ? next(context) : throw Refusal.Forbidden();
        });
        return group;
    }

    private static CookieOptions Options(TimeSpan age) => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = age, IsEssential = true };
}
