using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Colloque.Server.Media;

/// <summary>LiveKit's own API for rooms (Twirp: one POST an order), where it is set up.</summary>
internal sealed class LiveKitApi(LiveKitOptions options, LiveKitTokens tokens) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
    {
        Timeout = TimeSpan.FromSeconds(3),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <summary>Whether there is a LiveKit to speak to.</summary>
    internal bool IsSet => options.Api is not null;

    /// <summary>Takes somebody out of a room; who is not in it, or a room that is none, is as well.</summary>
    /// <exception cref="HttpRequestException">It did not do it.</exception>
    internal Task RemoveAsync(string room, Guid identity, CancellationToken cancellationToken) => PostAsync("RemoveParticipant", new(room, identity.ToString()), cancellationToken);

    /// <summary>Ends a room, and with it everyone's being there.</summary>
    /// <exception cref="HttpRequestException">It did not do it.</exception>
    internal Task DeleteAsync(string room, CancellationToken cancellationToken) => PostAsync("DeleteRoom", new(room, null), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task PostAsync(string order, LiveKitOrder body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Api!, $"/twirp/livekit.RoomService/{order}"))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, LiveKitJson.Default.LiveKitOrder)) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.ForOrder(body.Room));
        using var answer = await http.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            answer.EnsureSuccessStatusCode();
        }
    }
}
