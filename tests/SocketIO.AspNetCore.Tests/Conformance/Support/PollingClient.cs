using System.Net;
using System.Net.Http.Headers;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

internal sealed class PollingClient : EngineClient
{
    private const char Separator = '\x1e';

    /// <summary>For every HTTP request of the tests: plain, direct, as many connections as asked for.</summary>
    public static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Patience };

    private readonly Queue<EnginePacket> _received = [];

    private PollingClient(Uri session) => Session = session;

    /// <summary>The address of this session, sid included.</summary>
    public Uri Session { get; private set; }

    public static async Task<PollingClient> OpenAsync(Uri endpoint)
    {
        var client = new PollingClient(new Uri(endpoint, "?EIO=4&transport=polling"));
        client.Open = ReadOpen(await client.ReadAsync());
        client.Session = new Uri($"{client.Session}&sid={client.Open.Sid}");
        return client;
    }

    public Task<HttpResponseMessage> GetAsync(CancellationToken cancellation = default) => Http.GetAsync(Session, cancellation);

    public Task<HttpResponseMessage> PostAsync(string body) =>
        PostAsync(new ByteArrayContent(EnginePacket.Utf8(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/plain;charset=UTF-8") } });

    public Task<HttpResponseMessage> PostAsync(HttpContent body) => Http.PostAsync(Session, body);

    public override async Task<bool> TrySendAsync(params EnginePacket[] packets)
    {
        try
        {
            using var answer = await PostAsync(string.Join(Separator, packets.Select(packet => packet.Encoded)));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // cut, which is as good as 400
        }
    }

    public override async Task<EnginePacket?> ReadAsync()
    {
        if (_received.Count == 0 && !await PollAsync())
        {
            return null;
        }

        var packet = _received.Dequeue();
        return packet is { Text: "1" } ? default(EnginePacket?) : packet;
    }

    /// <summary>The session needs no goodbye: the host forgets it after one ping.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<bool> PollAsync()
    {
        try
        {
            using var answer = await GetAsync();
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return false;
            }

            foreach (var packet in (await answer.Content.ReadAsStringAsync()).Split(Separator))
            {
                _received.Enqueue(EnginePacket.Parse(packet));
            }

            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
