using SocketIO.AspNetCore.Tests.Conformance.Support;

[assembly: AssemblyFixture(typeof(HostUnderTest))]

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>One test host for all tests of well-behaved clients, started when the first of them asks.</summary>
public sealed class HostUnderTest : IAsyncDisposable
{
    private readonly Lazy<Task<HostProcess>> _host = new(() => HostProcess.StartAsync());

    /// <summary>Engine.IO alone: echoes; ping 300 + 200 ms.</summary>
    internal const string Engine = "/engine.io/";

    /// <summary>The plain Socket.IO endpoint: ping 300 + 200 ms, no recovery.</summary>
    internal const string Plain = "/socket.io/";

    /// <summary>The endpoint of the real-client contract: ping 1000 + 1000 ms, recovery 5 s.</summary>
    internal const string Real = "/real/";

    internal async Task<Uri> AtAsync(string path) => new((await _host.Value).Address, path);

    /// <summary>An Engine.IO session, its open packet read.</summary>
    internal async Task<EngineClient> OpenAsync(Transport transport, string path = Engine) =>
        await EngineClient.OpenAsync(transport, await AtAsync(path));

    /// <summary>A session connected to one namespace, the server's greeting (<c>auth</c>) read.</summary>
    internal async Task<SocketClient> ConnectAsync(Transport transport, string path = Plain, string @namespace = "/", string? auth = null)
    {
        var client = new SocketClient(await OpenAsync(transport, path), @namespace);
        await client.ConnectAsync(auth);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated)
        {
            await (await _host.Value).DisposeAsync();
        }
    }
}
