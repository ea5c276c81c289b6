using Colloque.Server.Media;
using Microsoft.Extensions.Options;

namespace Colloque.Server.Http;

/// <summary>What every answer tells a browser: nothing from elsewhere, nothing inline, no framing, no guessing. Only the media servers that are set up are let in.</summary>
internal static class SecurityHeaders
{
    internal static void UseSecurityHeaders(this WebApplication app)
    {
        var (calls, frames, powers) = Elsewhere(app.Services.GetRequiredService<IOptions<LiveKitOptions>>().Value, app.Services.GetRequiredService<JitsiOptions>());
        app.Use((http, next) => Run(http, next, calls, frames, powers));
    }

    /// <summary>What a page may call and frame besides its own origin, and whom it may hand camera and microphone on to: LiveKit's and Jitsi's, where they are set up.</summary>
    internal static (string Calls, string Frames, string Powers) Elsewhere(LiveKitOptions liveKit, JitsiOptions jitsi)
    {
        // Its client asks by HTTP why a socket was refused.
        var calls = liveKit.Url is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "wss" or "ws"
            ? $" {uri.Scheme}://{uri.Authority} {(uri.Scheme == "wss" ? "https" : "http")}://{uri.Authority}"
            : "";
        var frame = jitsi is { IsSet: true, Domain: { } domain } && Uri.TryCreate($"https://{domain}", UriKind.Absolute, out var origin) ? $"https://{origin.Authority}" : null;
        return (calls, frame is null ? "" : $"frame-src {frame}; ", frame is null ? "" : $" \"{frame}\"");
    }

    private static Task Run(HttpContext http, RequestDelegate next, string calls, string frames, string powers)
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
            + $"connect-src 'self' {WebSockets(http)}{calls}; {frames}manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = $"camera=(self{powers}), microphone=(self{powers}), display-capture=(self{powers}), geolocation=(), payment=(), usb=()";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        return next(http);
    }

    /// <summary>Older browsers do not count the page's own websockets as 'self'.</summary>
    private static string WebSockets(HttpContext http) => $"{(http.Request.IsHttps ? "wss" : "ws")}://{http.Request.Host}";
}
