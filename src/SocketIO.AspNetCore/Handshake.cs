using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace SocketIO.AspNetCore;

/// <summary>What a client said of itself when it connected. A copy: it outlives the request.</summary>
public sealed class Handshake
{
    private static readonly byte[] NoAuth = "{}"u8.ToArray();

    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly string _queryString;

    internal Handshake(HttpContext context, DateTimeOffset time)
    {
        var request = context.Request;
        _headers = [.. request.Headers.Where(h => !IsTransportHeader(h.Key))];
        _queryString = request.QueryString.Value ?? string.Empty;
        RemoteAddress = context.Connection.RemoteIpAddress;
        IsSecure = request.IsHttps;
        User = context.User;
        Time = time;
    }

    private Handshake(Handshake engine, ReadOnlyMemory<byte> authJson, DateTimeOffset time)
    {
        _headers = engine._headers;
        _queryString = engine._queryString;
        RemoteAddress = engine.RemoteAddress;
        IsSecure = engine.IsSecure;
        User = engine.User;
        Time = time;
        AuthJson = authJson;
    }

    /// <summary>The payload of the Socket.IO CONNECT packet, as sent: a JSON object in UTF-8, <c>{}</c> if there was none.</summary>
    public ReadOnlyMemory<byte> AuthJson { get; private set; } = NoAuth;

    /// <summary>The CONNECT payload, parsed at each call.</summary>
    public JsonElement Auth => JsonElement.Parse(AuthJson.Span);

    /// <summary>The address of the peer (of the proxy, unless forwarded headers are processed before).</summary>
    public IPAddress? RemoteAddress { get; }

    /// <summary>Whether the client connected over TLS.</summary>
    public bool IsSecure { get; }

    /// <summary>The user that ASP.NET Core authenticated on the handshake request, if any.</summary>
    public ClaimsPrincipal User { get; }

    /// <summary>When the client connected.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The request's query, parsed at each call.</summary>
    public IReadOnlyDictionary<string, StringValues> Query => QueryHelpers.ParseQuery(_queryString);

    /// <summary>A header of the handshake request; empty if it had none of that name.</summary>
    public StringValues Header(string name)
    {
        foreach (var (key, value) in _headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return StringValues.Empty;
    }

    /// <summary>
    /// Lets go of the CONNECT payload, which is empty from here on. For applications that have checked the credentials in it: no idle
    /// connection then keeps them in memory.
    /// </summary>
    public void ForgetAuth() => AuthJson = NoAuth;

    internal Handshake WithAuth(ReadOnlySpan<byte> authJson, DateTimeOffset time) =>
        new(this, authJson.IsEmpty ? NoAuth : authJson.ToArray(), time);

    // Of no use after the handshake, and kept for each idle connection otherwise.
    private static bool IsTransportHeader(string name) =>
        name.StartsWith("Sec-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Upgrade", StringComparison.OrdinalIgnoreCase);
}
