using System.Net;
using SocketIO.AspNetCore.Protocol;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Bounds;

/// <summary>Each bound set low, and one step beyond it.</summary>
public sealed class CountTests
{
    [Theory, OverBothTransports]
    public async Task A_handshake_beyond_the_sessions_allowed_is_told_to_come_later(Transport transport)
    {
        await using var server = await LocalServer.StartAsync(options => options.MaxSessions = 2);
        await using var first = await server.ConnectAsync(transport);
        await using var second = await server.ConnectAsync(transport);
        using var answer = await PollingClient.Http.GetAsync(new Uri(server.Endpoint, "?EIO=4&transport=polling"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await first.WorksAsync();
        await second.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task A_connection_is_in_no_more_namespaces_than_allowed(Transport transport)
    {
        await using var server = await LocalServer.StartAsync(options => options.MaxNamespacesPerConnection = 1);
        await using var client = await server.ConnectAsync(transport);
        await client.Engine.TrySendAsync("40/custom,");
        // Refused or closed, but not joined.
        Assert.DoesNotContain("sid", (await client.Engine.NextOrCloseAsync())?.Text ?? "", StringComparison.Ordinal);
    }

    [Theory, OverBothTransports]
    public async Task A_socket_is_in_no_more_rooms_than_allowed(Transport transport)
    {
        var rooms = new TaskCompletionSource<int>();
        await using var server = await LocalServer.StartAsync(
            options => options.MaxRoomsPerSocket = 5,
            ns => ns.On("join many", (e, _) =>
            {
                for (var n = 0; n < 100; n++)
                {
                    try
                    {
                        e.Socket.Join($"room {n}");
                    }
                    catch (InvalidOperationException)
                    {
                        // Saying no by an exception is as good as by false.
                    }
                }

                rooms.SetResult(e.Socket.Rooms.Count);
                return ValueTask.CompletedTask;
            }));
        await using var client = await server.ConnectAsync(transport);
        await client.EmitAsync("[\"join many\"]");
        Assert.InRange(await rooms.Task, 5, 6); // its own room may count or not
    }

    [Theory, OverBothTransports]
    public async Task At_the_bound_of_handlers_in_flight_the_next_event_waits(Transport transport)
    {
        var started = 0;
        var gate = new TaskCompletionSource();
        using var two = new SemaphoreSlim(0);
        await using var server = await LocalServer.StartAsync(
            options => options.MaxHandlersInFlight = 2,
            ns => ns.On("work", async (e, _) =>
            {
                Interlocked.Increment(ref started);
                two.Release();
                await gate.Task;
                e.Ack(e.Arguments);
            }));
        await using var client = await server.ConnectAsync(transport);
        var sending = client.Engine.SendAsync([.. Enumerable.Range(0, 20).Select(n => (EnginePacket)$"42{n}[\"work\",{n}]")]);
        await two.WaitAsync(EngineClient.Patience);
        await two.WaitAsync(EngineClient.Patience);
        // Another connection's round trip: time enough for a third handler, had it been let in.
        await using (var other = await server.ConnectAsync(Transport.WebSocket))
        {
            await other.WorksAsync();
        }

        Assert.Equal(2, Volatile.Read(ref started));
        gate.SetResult();
        await sending;
        var answers = new HashSet<string>();
        while (answers.Count < 20)
        {
            answers.Add(await client.NextAsync());
        }

        Assert.Equal(20, started);
    }

    [Theory, OverBothTransports]
    public async Task Messages_and_attachments_are_bounded_by_the_endpoints_own_size(Transport transport)
    {
        await using var server = await LocalServer.StartAsync(options => options.MaxHttpBufferSize = 1_000);
        await using var client = await server.ConnectAsync(transport);
        Assert.Equal(1_000, client.Engine.Open.MaxPayload);
        await client.WorksAsync();
        await client.Engine.TrySendAsync($"42[\"message\",\"{new string('x', 1_000)}\"]");
        if (transport == Transport.WebSocket)
        {
            await client.Engine.ClosedAsync();
        }
    }

    [Theory, OverBothTransports]
    public async Task Attachments_together_are_bounded_too(Transport transport)
    {
        await using var server = await LocalServer.StartAsync(options => options.MaxBinaryPacketBytes = 1_000);
        await using var client = await server.ConnectAsync(transport);
        await client.Engine.TrySendAsync("453-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":2}]", new byte[600], new byte[600], new byte[600]);
        await client.Engine.ClosedAsync();
    }

    [Fact]
    public async Task What_all_clients_together_leave_unread_is_bounded_and_who_reads_is_spared()
    {
        await using var server = await LocalServer.StartAsync(
            options => options.MaxTotalOutboundBytes = 500_000,
            ns => ns.OnConnect((socket, _) =>
            {
                socket.Join("all");
                return ValueTask.CompletedTask;
            }));
        for (var n = 0; n < 20; n++)
        {
            await server.ConnectAsync(Transport.Polling); // and never polls again
        }

        await using var reader = await server.ConnectAsync(Transport.WebSocket);
        var word = EnginePacket.Utf8($"\"{new string('w', 10_000)}\"");
        for (var n = 0; n < 20; n++)
        {
            server.Server.Of("/").To("all").Emit("said", EventArguments.OfJson(word));
            Assert.StartsWith("42[\"said\"", await reader.NextAsync());
        }

        server.Clock.Advance(TimeSpan.FromSeconds(5)); // nobody comes to fetch the goodbye
        await reader.WorksAsync();
        // 200 kB for each of twenty would be 4 MB; those that stay hold what is below the bound.
        Assert.InRange(server.Server.ConnectionCount, 1, 10);
    }

    [Theory, OverBothTransports]
    public async Task Thousands_of_connections_that_came_and_went_leave_no_memory_behind(Transport transport)
    {
        await using var server = await LocalServer.StartAsync();
        async Task ComeAndGoAsync(int count)
        {
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) =>
            {
                await using var client = await server.ConnectAsync(transport);
                await client.EmitAsync($"[\"unheard\",\"{new string('x', 5_000)}\"]");
                await client.Engine.CloseAsync();
            });
            server.Clock.Advance(TimeSpan.FromSeconds(5));
            await server.HoldsAsync(connections: 0);
        }

        await ComeAndGoAsync(200);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await ComeAndGoAsync(1_000);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        // 1,000 connections at even 10 kB each would be 10 MB.
        Assert.True(grown < 8_000_000, $"{grown} bytes stay behind.");
    }
}
