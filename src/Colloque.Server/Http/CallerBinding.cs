using Colloque.Security;

namespace Colloque.Server.Http;

/// <summary>The caller of a request, from its Bearer token alone.</summary>
public static class CallerBinding
{
    /// <summary>Demands a valid token of the group's requests, and limits how many a person makes.</summary>
    public static RouteGroupBuilder RequireCaller(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(static async (context, next) =>
        {
            await AuthenticateAsync(context.HttpContext);
            return await next(context);
        });
        return group;
    }

    /// <summary>The caller of a valid token whom the endpoint's metadata lets in.</summary>
    /// <exception cref="Refusal">401; 403; 429.</exception>
    internal static async Task<Caller> AuthenticateAsync(HttpContext http)
    {
        var token = Bearer(http.Request.Headers.Authorization) ?? throw Refusal.Unauthenticated();
        var verified = await http.RequestServices.GetRequiredService<TokenVerifier>().VerifyAsync(token, http.RequestAborted);
        // Also of whom is refused below: the audit says who it was.
        http.Items[typeof(Caller)] = verified.Caller;
        http.RequestServices.GetRequiredService<RateLimits>().Take(Limit.HttpRequest, verified.Caller.UserId);
        var metadata = http.GetEndpoint()?.Metadata;
        var caller = metadata?.GetMetadata<RestrictedAccess>() is null ? verified.Whole : verified.Caller;
        if (metadata?.GetMetadata<Access>() is { } access && !access.Permits(caller.Role))
        {
            throw Refusal.Forbidden();
        }

        http.Response.Headers.CacheControl = "no-store";
        return caller;
    }

    /// <summary>Who asks, of an endpoint that is for everyone: null without a token that is good.</summary>
    /// <exception cref="Refusal">429.</exception>
    internal static async Task<Caller?> IfKnownAsync(HttpContext http)
    {
        try
        {
            return Bearer(http.Request.Headers.Authorization) is null ? null : await AuthenticateAsync(http);
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Unauthenticated or RefusalKind.Forbidden)
        {
            return null;
        }
    }

    /// <summary>Who asks.</summary>
    /// <exception cref="Refusal">401 outside a group that requires a caller.</exception>
    public static Caller Caller(this HttpContext http) => http.Items[typeof(Caller)] as Caller ?? throw Refusal.Unauthenticated();

    /// <summary>Who asks, counted against a limit of theirs.</summary>
    /// <exception cref="Refusal">401; 429.</exception>
    public static Caller Caller(this HttpContext http, Limit limit)
    {
        var caller = http.Caller();
        http.RequestServices.GetRequiredService<RateLimits>().Take(limit, caller.UserId);
        return caller;
    }

    private static string? Bearer(Microsoft.Extensions.Primitives.StringValues header) =>
        header.Count == 1 && header[0] is { } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value[7..].Trim() : null;
}
