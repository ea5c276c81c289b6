using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SocketIO.AspNetCore.Engine;

namespace SocketIO.AspNetCore;

/// <summary>Mapping of endpoints.</summary>
public static class SocketIOEndpointRouteBuilderExtensions
{
    private const string LogCategory = "SocketIO.AspNetCore";

    /// <summary>Maps a Socket.IO endpoint, polling and websocket. An application may have several, each with its own settings.</summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="pattern">The path; clients expect <c>/socket.io/</c>.</param>
    /// <param name="configure">Settings of this endpoint, on top of those of <c>AddSocketIO</c>.</param>
    /// <exception cref="InvalidOperationException">A setting makes no sense.</exception>
    public static SocketIOServer MapSocketIO(
        this IEndpointRouteBuilder endpoints, string pattern = "/socket.io/", Action<SocketIOOptions>? configure = null)
    {
        var services = endpoints.ServiceProvider;
        var options = services.GetService<IOptionsFactory<SocketIOOptions>>()?.Create(Options.DefaultName) ?? new SocketIOOptions();
        configure?.Invoke(options);
        var server = new SocketIOServer(options, CreateLogger(services));
        server.Endpoint = Map(endpoints, pattern, server.Engine);
        return server;
    }

    /// <summary>Maps an Engine.IO endpoint without Socket.IO above it.</summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="pattern">The path; clients expect <c>/engine.io/</c>.</param>
    /// <param name="configure">Settings of this endpoint.</param>
    /// <param name="onSession">Makes the receiver of a new session.</param>
    /// <exception cref="InvalidOperationException">A setting makes no sense.</exception>
    public static IEndpointConventionBuilder MapEngineIO(
        this IEndpointRouteBuilder endpoints,
        string pattern,
        Action<EngineIOOptions> configure,
        Func<EngineSession, EngineReceiver> onSession)
    {
        var options = new EngineIOOptions();
        configure(options);
        return Map(endpoints, pattern, new EngineEndpoint(options, CreateLogger(endpoints.ServiceProvider), onSession));
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string pattern, EngineEndpoint engine)
    {
        var handler = new EngineHandler(engine);

        // Open sockets would hold the host's shutdown up.
        var lifetime = endpoints.ServiceProvider.GetService<IHostApplicationLifetime>();
        lifetime?.ApplicationStopping.Register(engine.Shutdown);
        lifetime?.ApplicationStopped.Register(engine.Dispose);
        return endpoints.Map(pattern, handler.HandleAsync).WithDisplayName(pattern);
    }

    private static ILogger CreateLogger(IServiceProvider services) =>
        services.GetService<ILoggerFactory>()?.CreateLogger(LogCategory) ?? NullLogger.Instance;
}
