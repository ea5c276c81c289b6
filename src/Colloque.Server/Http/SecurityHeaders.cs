namespace Colloque.Server.Http;

/// <summary>What every answer tells a browser: nothing from elsewhere, nothing inline, no framing, no guessing.</summary>
internal static class SecurityHeaders
{
    internal static void UseSecurityHeaders(this WebApplication app) => app.Use(static (http, next) =>
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        // No document ever: and what is set here stays in memory for as long as a websocket is open.
        if (http.Request.Path.StartsWithSegments("/socket.io", StringComparison.Ordinal))
        {
            return next(http);
        }

        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; "
            + $"connect-src 'self' {WebSockets(http)}; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        return next(http);
    });

    /// <summary>Older browsers do not count the page's own websockets as 'self'.</summary>
    private static string WebSockets(HttpContext http) => $"{(http.Request.IsHttps ? "wss" : "ws")}://{http.Request.Host}";
}
