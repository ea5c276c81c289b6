namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>The host that the attacks share: what one attack leaves behind, the next one meets.</summary>
/// <remarks>
/// Its heap may not grow past 256 MB, so that what gathers without bound ends the process and fails every test after it.
/// Attacks run one at a time: memory is that of the process, and well-behaved tests would feel the load.
/// </remarks>
public sealed class AttackedHost : IAsyncDisposable
{
    // Resident bytes an attack may add: bounds of a few MiB each, garbage not yet collected, and a wide margin.
    private const long AllowedGrowth = 160L << 20;

    private readonly Lazy<Task<HostProcess>> _host = new(() => HostProcess.StartAsync(
        ("DOTNET_GCHeapHardLimit", "0x10000000"),
        ("DOTNET_GCgen0size", "0x1000000")));

    /// <summary>The endpoint that the attacks meet unless they say otherwise.</summary>
    internal const string Real = HostUnderTest.Real;

    internal async Task<Uri> AtAsync(string path = Real) => new((await _host.Value).Address, path);

    internal async Task<EngineClient> OpenAsync(Transport transport, string path = Real) =>
        await EngineClient.OpenAsync(transport, await AtAsync(path));

    internal async Task<SocketClient> ConnectAsync(Transport transport, string path = Real)
    {
        var client = new SocketClient(await OpenAsync(transport, path));
        await client.ConnectAsync();
        return client;
    }

    /// <summary>A websocket session connected to the main namespace, frame by frame.</summary>
    internal async Task<RawConnection> ConnectRawAsync()
    {
        var connection = await RawConnection.UpgradeAsync(await AtAsync());
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Text, "40"u8));
        Assert.StartsWith("40", (await connection.ReadFrameAsync())!.ToString());
        Assert.StartsWith("42[\"auth\"", (await connection.ReadFrameAsync())!.ToString());
        return connection;
    }

    internal async Task<long?> ResidentBytesAsync() => (await _host.Value).ResidentBytes;

    /// <summary>Succeeds when the process lives, serves others as before, and has not grown out of bounds.</summary>
    /// <param name="before">Resident bytes before the attack; null where memory cannot be seen.</param>
    internal async Task StandsAsync(long? before)
    {
        Assert.True((await _host.Value).IsAlive, "The attack ended the process.");
        foreach (var transport in Enum.GetValues<Transport>())
        {
            await using var healthy = await ConnectAsync(transport);
            await healthy.WorksAsync();
        }

        Assert.True(await ResidentBytesAsync() - before is null or < AllowedGrowth, $"The attack cost the process {(await ResidentBytesAsync() - before) >> 20} MiB.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated)
        {
            await (await _host.Value).DisposeAsync();
        }
    }
}

/// <summary>Attacks come one after the other, after everything else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AttackCollection : ICollectionFixture<AttackedHost>
{
    public const string Name = "attacks";
}

/// <summary>Base of the attacks: after each of them the host must stand as before.</summary>
[Collection(AttackCollection.Name)]
public abstract class Attack(AttackedHost host) : IAsyncLifetime
{
    private long? _before;

    private protected AttackedHost Host => host;

    public async ValueTask InitializeAsync()
    {
        await using var warm = await host.ConnectAsync(Transport.WebSocket);
        _before = await host.ResidentBytesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await host.StandsAsync(_before);
    }
}
