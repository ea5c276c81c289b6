using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>A server inside the test's own process, with settings and a clock of the test's choice; real sockets all the same.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalServer(WebApplication app, SocketIOServer server, ManualClock clock) =>
        (_app, Server, Clock) = (app, server, clock);

    public SocketIOServer Server { get; }

    public ManualClock Clock { get; }

    public Uri Endpoint => new($"{_app.Urls.First()}/socket.io/");

    /// <summary>Starts it with socket.io's default times on a clock that stands still.</summary>
    public static async Task<LocalServer> StartAsync(Action<SocketIOOptions>? configure = null, Action<Namespace>? handlers = null)
    {
        var clock = new ManualClock();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSocketIO();
        var app = builder.Build();
        var server = app.MapSocketIO("/socket.io/", options =>
        {
            options.TimeProvider = clock;
            configure?.Invoke(options);
        });
        Serve(server.Of("/"));
        Serve(server.Of("/custom"));
        handlers?.Invoke(server.Of("/"));
        await app.StartAsync();
        return new LocalServer(app, server, clock);
    }

    public Task<EngineClient> OpenAsync(Transport transport) => EngineClient.OpenAsync(transport, Endpoint);

    public async Task<SocketClient> ConnectAsync(Transport transport, string @namespace = "/")
    {
        var client = new SocketClient(await OpenAsync(transport), @namespace);
        await client.ConnectAsync();
        return client;
    }

    /// <summary>Waits until the server holds so many connections.</summary>
    public async Task HoldsAsync(int connections)
    {
        using var limit = new CancellationTokenSource(EngineClient.Patience);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Server.ConnectionCount != connections)
        {
            await looks.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Server.Close();
        await _app.DisposeAsync();
    }

    private static void Serve(Namespace ns) => ns
        .OnConnect((socket, _) =>
        {
            socket.Emit("auth", EventArguments.OfJson(socket.Handshake.AuthJson.Span));
            return ValueTask.CompletedTask;
        })
        .On("message-with-ack", (e, _) =>
        {
            e.Ack(e.Arguments);
            return ValueTask.CompletedTask;
        });
}
