using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore.Engine;

namespace SocketIO.AspNetCore;

/// <summary>A Socket.IO endpoint: its namespaces and its connections.</summary>
public sealed class SocketIOServer : IDisposable
{
    private readonly Utf8Map<Namespace> _namespaces = new();
    private readonly Lock _gate = new();

    internal SocketIOServer(SocketIOOptions options, ILogger logger)
    {
        Options = options;
        Logger = logger;
        Engine = new EngineEndpoint(options, logger, session => new Connection(this, session));
        ConnectTimeout = Engine.Sweeper.CreateLine(options.ConnectTimeout);
        AttachmentTimeout = Engine.Sweeper.CreateLine(options.AttachmentTimeout);
        Of("/");
    }

    /// <summary>The endpoint's settings; fixed once it is mapped.</summary>
    public SocketIOOptions Options { get; }

    /// <summary>Conventions of the mapped endpoint: authorization, host filters, rate limits.</summary>
    public IEndpointConventionBuilder Endpoint { get; internal set; } = null!;

    /// <summary>Connections alive.</summary>
    public int ConnectionCount => Engine.Sessions.Count;

    internal ILogger Logger { get; }

    internal EngineEndpoint Engine { get; }

    internal DeadlineLine ConnectTimeout { get; }

    internal DeadlineLine AttachmentTimeout { get; }

    /// <summary>A namespace, made at its first mention. Clients can only join namespaces that were mentioned here.</summary>
    /// <param name="name">Its name, such as <c>/consultations</c>.</param>
    public Namespace Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name[0] != '/' || name.Contains(','))
        {
            throw new ArgumentException("A namespace starts with a slash and has no comma.", nameof(name));
        }

        lock (_gate)
        {
            if (!TryGet(System.Text.Encoding.UTF8.GetBytes(name), out var ns))
            {
                ns = new Namespace(this, name);
                _namespaces.Add(name, ns);
            }

            return ns;
        }
    }

    /// <summary>Disconnects everyone.</summary>
    public void Close() => Engine.Shutdown();

    /// <inheritdoc/>
    public void Dispose() => Engine.Dispose();

    internal bool TryGet(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Namespace? ns) => _namespaces.TryGet(name, out ns);
}
