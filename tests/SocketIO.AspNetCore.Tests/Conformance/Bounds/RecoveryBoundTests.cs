using System.Text.Json;
using SocketIO.AspNetCore.Protocol;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Bounds;

/// <summary>What is remembered for those who may return: for how long, how many, how much.</summary>
public sealed class RecoveryBoundTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    [Theory, OverBothTransports]
    public async Task Within_the_window_a_socket_is_recovered(Transport transport)
    {
        await using var server = await StartAsync(_ => { });
        var lost = await LoseAsync(server, transport);
        server.Clock.Advance(Window / 2);
        Assert.Equal(lost.Id, await ReturnAsync(server, transport, lost));
    }

    [Theory, OverBothTransports]
    public async Task After_the_window_it_is_a_stranger(Transport transport)
    {
        await using var server = await StartAsync(_ => { });
        var lost = await LoseAsync(server, transport);
        server.Clock.Advance(Window + TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(lost.Id, await ReturnAsync(server, transport, lost));
    }

    [Fact]
    public async Task Of_too_many_lost_sockets_the_oldest_is_forgotten()
    {
        await using var server = await StartAsync(recovery => recovery.MaxSessions = 2);
        var first = await LoseAsync(server, Transport.WebSocket);
        await LoseAsync(server, Transport.WebSocket);
        var last = await LoseAsync(server, Transport.WebSocket);
        Assert.NotEqual(first.Id, await ReturnAsync(server, Transport.WebSocket, first));
        Assert.Equal(last.Id, await ReturnAsync(server, Transport.WebSocket, last));
    }

    [Theory]
    [InlineData(1_000, 60)]
    [InlineData(10, 100_000)]
    public async Task A_socket_that_missed_more_than_is_kept_is_a_stranger_rather_than_one_with_a_gap(int packets, int bytes)
    {
        await using var server = await StartAsync(recovery => (recovery.MaxPackets, recovery.MaxBytes) = (packets, bytes));
        var lost = await LoseAsync(server, Transport.WebSocket);
        for (var n = 0; n < 50; n++)
        {
            server.Server.Of("/").To("a room").Emit("said", EventArguments.OfJson("\"something of twenty bytes\""u8));
        }

        Assert.NotEqual(lost.Id, await ReturnAsync(server, Transport.WebSocket, lost));
    }

    private static Task<LocalServer> StartAsync(Action<ConnectionStateRecoveryOptions> configure) => LocalServer.StartAsync(options =>
    {
        options.ConnectionStateRecovery = new ConnectionStateRecoveryOptions { MaxDisconnectionDuration = Window };
        configure(options.ConnectionStateRecovery);
    }, ns => ns.On("drop", (e, _) =>
    {
        e.Socket.DropTransport();
        return ValueTask.CompletedTask;
    }));

    private static async Task<(string Id, string Pid, string Offset)> LoseAsync(LocalServer server, Transport transport)
    {
        await using var engine = await server.OpenAsync(transport);
        await engine.SendAsync("40");
        var answer = JsonDocument.Parse((await engine.NextAsync()).Text![2..]).RootElement;
        var greeting = JsonDocument.Parse((await engine.NextAsync()).Text![2..]).RootElement;
        await engine.SendAsync("42[\"drop\"]");
        await engine.ClosedAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(5)); // for a close frame never answered
        await server.HoldsAsync(connections: 0);
        return (answer.GetProperty("sid").GetString()!, answer.GetProperty("pid").GetString()!, greeting[2].GetString()!);
    }

    private static async Task<string> ReturnAsync(LocalServer server, Transport transport, (string Id, string Pid, string Offset) lost)
    {
        await using var engine = await server.OpenAsync(transport);
        await engine.SendAsync($"40{{\"pid\":\"{lost.Pid}\",\"offset\":\"{lost.Offset}\"}}");
        var id = JsonDocument.Parse((await engine.NextAsync()).Text![2..]).RootElement.GetProperty("sid").GetString()!;
        await engine.SendAsync("41");
        await engine.CloseAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await server.HoldsAsync(connections: 0);
        return id;
    }
}
