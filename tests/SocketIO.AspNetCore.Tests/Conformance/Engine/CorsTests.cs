using System.Net;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Engine;

/// <summary>The test host allows every origin; what a closed endpoint does is among the attacks.</summary>
public sealed class CorsTests(HostUnderTest host)
{
    [Fact]
    public async Task A_preflight_is_answered_204()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, await UriAsync())
        {
            Headers = { { "Origin", "https://clinic.example" }, { "Access-Control-Request-Method", "POST" } },
        };
        using var answer = await PollingClient.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Allowed(answer);
    }

    [Fact]
    public async Task Every_answer_names_the_allowed_origin()
    {
        var session = (PollingClient)await host.OpenAsync(Transport.Polling);
        foreach (var (method, uri, body) in new[]
        {
            (HttpMethod.Get, await UriAsync(), null),
            (HttpMethod.Post, session.Session, "4hello"),
            (HttpMethod.Get, session.Session, null),
            (HttpMethod.Get, new Uri($"{await UriAsync()}&sid=unknown"), null),
            (HttpMethod.Post, session.Session, "abc"),
        })
        {
            using var request = new HttpRequestMessage(method, uri)
            {
                Headers = { { "Origin", "https://clinic.example" } },
                Content = body is null ? null : new StringContent(body),
            };
            using var answer = await PollingClient.Http.SendAsync(request);
            Allowed(answer);
        }
    }

    private static void Allowed(HttpResponseMessage answer) =>
        Assert.Contains(Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")), new[] { "*", "https://clinic.example" });

    private async Task<Uri> UriAsync() => new(await host.AtAsync(HostUnderTest.Engine), "?EIO=4&transport=polling");
}
