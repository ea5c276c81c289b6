using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SocketIO.AspNetCore.Engine;

/// <summary>
/// Who may call from a browser. Checked on every request, upgrades included: browsers send websocket handshakes
/// cross-origin without asking first (cross-site websocket hijacking).
/// </summary>
internal sealed class OriginPolicy(EngineIOOptions options)
{
    private readonly bool _allowsAny = options.AllowedOrigins.Contains(EngineIOOptions.AnyOrigin);
    private readonly HashSet<string> _allowed = new(options.AllowedOrigins, StringComparer.Ordinal);

    /// <summary>Sets the CORS headers of the answer. False if the request's origin is not allowed.</summary>
    public bool TryAllow(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (_allowsAny)
        {
            headers.AccessControlAllowOrigin = EngineIOOptions.AnyOrigin;
            return true;
        }

        var origins = context.Request.Headers.Origin;
        if (origins.Count == 0)
        {
            return true;
        }

        headers.Vary = HeaderNames.Origin;
        if (origins.Count != 1 || origins[0] is not { } origin)
        {
            return false;
        }

        if (!_allowed.Contains(origin))
        {
            return _allowed.Count == 0 && IsOwn(context.Request, origin);
        }

        headers.AccessControlAllowOrigin = origin;
        if (options.AllowCredentials)
        {
            headers.AccessControlAllowCredentials = "true";
        }

        return true;
    }

    /// <summary>Answers a preflight whose origin is allowed.</summary>
    public static void Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET,POST";
        var requested = context.Request.Headers.AccessControlRequestHeaders;
        if (requested.Count > 0)
        {
            headers.AccessControlAllowHeaders = requested;
            headers.Append(HeaderNames.Vary, HeaderNames.AccessControlRequestHeaders);
        }

        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static bool IsOwn(HttpRequest request, string origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
