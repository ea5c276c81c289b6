using System.Net;
using System.Net.Sockets;
using Colloque.Notifications;
using Colloque.Security;

namespace Colloque.Server.Notifications;

/// <summary>What a push service said.</summary>
internal enum PushOutcome
{
    /// <summary>It took the push.</summary>
    Taken,

    /// <summary>The device is there no more.</summary>
    Gone,

    /// <summary>It refuses this push for good.</summary>
    Refused,

    /// <summary>It did not answer, or not now.</summary>
    Later,
}

/// <summary>
/// Brings pushes to push services (RFC 8030). It goes where a browser said, so it trusts nothing of the way: no redirect, no proxy, no cookie; the name is resolved here, and
/// the connection is made to the very address that was found to be public, so that no second answer of a name server can turn it inwards.
/// </summary>
internal sealed class PushCarrier : IDisposable
{
    /// <summary>How long a push service keeps what a sleeping device has not fetched, seconds.</summary>
    private const string KeptFor = "86400";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http;
    private readonly PushKey key;
    private readonly PushSettings settings;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;

    public PushCarrier(PushKey key, PushSettings settings)
        : this(key, settings, Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>With a name server of a test's own.</summary>
    internal PushCarrier(PushKey key, PushSettings settings, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (this.key, this.settings, this.resolve) = (key, settings, resolve);
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = Patience,
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = 8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Patience,
        };
    }

    /// <summary>One attempt; never throws but for the end of the server.</summary>
    internal async Task<PushOutcome> SendAsync(Push push, CancellationToken cancellationToken)
    {
        // What was allowed when it was subscribed may not be any more.
        if (push.Endpoint is not { } endpoint || PushEndpoint.Parse(endpoint.AbsoluteUri, settings.AllowPrivateEndpoints) is null)
        {
            return PushOutcome.Gone;
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(push.Body) };
            request.Content.Headers.ContentType = new("application/octet-stream");
            request.Content.Headers.ContentEncoding.Add("aes128gcm");
            request.Headers.TryAddWithoutValidation("Authorization", key.Authorize(endpoint, settings.Contact));
            request.Headers.Add("TTL", KeptFor);
            request.Headers.Add("Urgency", push.IsUrgent ? "high" : "normal");
            // Of several that a sleeping device has not fetched, the last of a kind is enough.
            request.Headers.Add("Topic", push.IsUrgent ? "urgent" : "message");
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Judge(answer.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or SocketException && !cancellationToken.IsCancellationRequested)
        {
            return PushOutcome.Later;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static PushOutcome Judge(HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => PushOutcome.Taken,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => PushOutcome.Gone,
        HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => PushOutcome.Later,
        _ => PushOutcome.Refused,
    };

    /// <summary>Of a name's addresses those that may be connected to.</summary>
    internal IPAddress[] Allowed(IPAddress[] found) => [.. found.Where(a => settings.AllowPrivateEndpoints || PushEndpoint.IsPublic(a))];

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await resolve(context.DnsEndPoint.Host, cancellationToken);
        var allowed = Allowed(found);
        if (allowed.Length == 0)
        {
            throw new SocketException((int)SocketError.AccessDenied);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
