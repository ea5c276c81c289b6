using SocketIO.AspNetCore.Protocol;
using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Bounds;

/// <summary>The application's own mistakes stay with the one socket they happen to.</summary>
public sealed class HandlerFaultTests
{
    [Theory, OverBothTransports]
    public async Task A_handler_that_throws_at_once_or_later_leaves_the_connection_working(Transport transport)
    {
        await using var server = await LocalServer.StartAsync(handlers: ns => ns
            .On("throw now", (_, _) => throw new InvalidOperationException("now"))
            .On("throw later", async (_, _) =>
            {
                await Task.Yield();
                throw new InvalidOperationException("later");
            }));
        await using var client = await server.ConnectAsync(transport);
        await client.EmitAsync("[\"throw now\"]");
        await client.EmitAsync("1[\"throw later\"]");
        await client.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task A_goodbye_handler_that_throws_hurts_nobody(Transport transport)
    {
        await using var server = await LocalServer.StartAsync(handlers: ns => ns.OnDisconnect((_, _) => throw new InvalidOperationException("bye")));
        await using var client = await server.ConnectAsync(transport);
        await client.Engine.SendAsync("41");
        await client.ConnectAsync();
        await client.WorksAsync();
    }

    [Theory, OverBothTransports]
    public async Task A_middleware_that_breaks_refuses_the_socket_without_its_reason(Transport transport)
    {
        await using var server = await LocalServer.StartAsync(handlers: ns => ns.Use((_, _) => throw new InvalidOperationException("secret of the server")));
        await using var engine = await server.OpenAsync(transport);
        await engine.SendAsync("40");
        var answer = (await engine.NextAsync()).Text!;
        Assert.StartsWith("44{", answer);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
    }

    [Theory, OverBothTransports]
    public async Task A_question_to_a_client_that_leaves_ends_with_an_exception_and_not_with_a_leak(Transport transport)
    {
        var asked = new TaskCompletionSource<Exception?>();
        await using var server = await LocalServer.StartAsync(handlers: ns => ns.On("ask me", async (e, ct) =>
        {
            asked.SetResult(await Record.ExceptionAsync(async () =>
                await e.Socket.EmitWithAckAsync("question", EventArguments.OfJson("1"u8), TimeSpan.FromHours(1), CancellationToken.None)));
        }));
        await using var client = await server.ConnectAsync(transport);
        await client.EmitAsync("[\"ask me\"]");
        Assert.StartsWith("42", await client.NextAsync());
        await client.Engine.SendAsync("41");
        Assert.IsType<SocketDisconnectedException>(await asked.Task.WaitAsync(EngineClient.Patience));
    }

    [Theory, OverBothTransports]
    public async Task Emitting_to_a_socket_that_has_gone_is_harmless(Transport transport)
    {
        var gone = new TaskCompletionSource<Exception?>();
        await using var server = await LocalServer.StartAsync(handlers: ns => ns.OnDisconnect((socket, _) =>
        {
            gone.SetResult(Record.Exception(() =>
            {
                socket.Emit("late", EventArguments.OfJson("1"u8));
                socket.Join("late");
                socket.Disconnect(true);
            }));
            return ValueTask.CompletedTask;
        }));
        await using var client = await server.ConnectAsync(transport);
        await client.Engine.CloseAsync();
        Assert.Null(await gone.Task.WaitAsync(EngineClient.Patience));
    }
}
