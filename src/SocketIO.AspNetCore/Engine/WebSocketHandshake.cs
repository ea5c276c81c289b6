using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SocketIO.AspNetCore.Engine;

/// <summary>
/// The opening handshake: RFC 6455 over HTTP/1.1, RFC 8441 over HTTP/2. Extensions and subprotocols offered are not
/// looked at: neither is spoken here.
/// </summary>
internal static class WebSocketHandshake
{
    private const string Version = "13";

    /// <summary>Whether the request asks for a websocket, well or badly formed.</summary>
    public static bool IsAsked(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" }
        || (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && context.Request.Headers.Upgrade is [{ } upgrade]
            && upgrade.Equals("websocket", StringComparison.OrdinalIgnoreCase));

    /// <summary>Accepts the websocket. Null if the handshake is malformed; nothing is sent then.</summary>
    public static async ValueTask<Stream?> AcceptAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.SecWebSocketVersion is not [Version])
        {
            return null;
        }

        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } extendedConnect)
        {
            return await extendedConnect.AcceptAsync();
        }

        if (!HttpMethods.IsGet(context.Request.Method) || headers.SecWebSocketKey is not [{ } key] || !IsKey(key))
        {
            return null;
        }

        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.SecWebSocketAccept = Accept(key);
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    // RFC 6455 section 4.2.1: 16 bytes in base64.
    private static bool IsKey(string key)
    {
        Span<byte> bytes = stackalloc byte[16];
        return key.Length == 24 && Convert.TryFromBase64String(key, bytes, out var length) && length == 16;
    }

    private static string Accept(string key)
    {
        Span<byte> text = stackalloc byte[24 + 36];
        Encoding.ASCII.GetBytes(key, text);
        "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8.CopyTo(text[24..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6455 prescribes SHA-1; it protects nothing here.
        SHA1.HashData(text, hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }
}
