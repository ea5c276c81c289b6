using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore;

/// <summary>
/// A channel that clients join on their one connection, with its own middlewares, events, rooms and sockets. Register
/// what it does before the application starts.
/// </summary>
public sealed class Namespace
{
    private readonly List<Func<Socket, CancellationToken, ValueTask>> _middlewares = [];
    private readonly List<Func<Socket, CancellationToken, ValueTask>> _onConnect = [];
    private readonly List<Func<Socket, string, ValueTask>> _onDisconnect = [];
    private readonly Utf8Map<EventHandler> _handlers = new();
    private readonly byte[] _prefix;
    private AnyEventHandler? _onAny;
    private Func<InvalidInput, EventArguments> _onInvalid = static _ => _defaultInvalidAck;
    private Func<Socket, string, Exception, EventArguments?>? _onException;
    private static readonly EventArguments _defaultInvalidAck = EventArguments.OfJson("{\"error\":\"invalid\"}"u8);

    internal Namespace(SocketIOServer server, string name)
    {
        Server = server;
        Name = name;
        _prefix = name == "/" ? [] : Encoding.UTF8.GetBytes(name + ",");
        Everyone = new Broadcast(this, BroadcastFilter.Everyone);
        Adapter = server.Options.AdapterFactory(this);
    }

    /// <summary>The namespace's name, such as <c>/consultations</c>; <c>/</c> is the main one.</summary>
    public string Name { get; }

    /// <summary>The server it belongs to.</summary>
    public SocketIOServer Server { get; }

    /// <summary>Who is in which room.</summary>
    public Adapter Adapter { get; }

    /// <summary>All sockets of this node.</summary>
    public IReadOnlyCollection<Socket> Sockets => Adapter.LocalSockets(BroadcastFilter.Everyone);

    /// <summary>A broadcast to all sockets.</summary>
    public Broadcast Everyone { get; }

    internal ReadOnlySpan<byte> Prefix => _prefix;

    internal bool HasMiddlewares => _middlewares.Count > 0;

    /// <summary>
    /// Runs before a client may join, in order of registration; throw <see cref="ConnectRefusedException"/> to keep it out.
    /// </summary>
    public Namespace Use(Func<Socket, CancellationToken, ValueTask> middleware)
    {
        _middlewares.Add(middleware);
        return this;
    }

    /// <summary>
    /// Runs when a client has joined. Its events wait until this is done, so what it sets up is there for them.
    /// </summary>
    public Namespace OnConnect(Func<Socket, CancellationToken, ValueTask> handler)
    {
        _onConnect.Add(handler);
        return this;
    }

    /// <summary>Runs once when a client that had joined is gone; the second argument is one of <see cref="CloseReason"/>.</summary>
    public Namespace OnDisconnect(Func<Socket, string, ValueTask> handler)
    {
        _onDisconnect.Add(handler);
        return this;
    }

    /// <summary>Takes an event with its raw arguments. Handlers of one socket start in the order of its events; none waits for another to end.</summary>
    public Namespace On(string name, Func<EventContext, CancellationToken, ValueTask> handler) =>
        Add(name, new RawEventHandler(name, handler));

    /// <summary>Takes an event with one argument of a known shape, and acks with the result.</summary>
    public Namespace On<TIn, TAck>(
        string name,
        JsonTypeInfo<TIn> inputType,
        JsonTypeInfo<TAck> ackType,
        Func<Socket, TIn, CancellationToken, ValueTask<TAck>> handler) =>
        Add(name, new TypedEventHandler<TIn, TAck>(name, inputType, ackType, handler));

    /// <summary>Takes the events that have no handler of their own. Without it they are ignored.</summary>
    public Namespace OnAny(Func<EventContext, CancellationToken, ValueTask> handler)
    {
        _onAny = new AnyEventHandler(handler);
        return this;
    }

    /// <summary>Makes the ack for an argument that a typed handler could not read. Default: <c>{"error":"invalid"}</c>.</summary>
    public Namespace OnInvalid(Func<InvalidInput, EventArguments> ack)
    {
        _onInvalid = ack;
        return this;
    }

    /// <summary>
    /// Makes the ack for an exception of a typed handler; null if it is none that a client should hear of: it is then
    /// logged, and no ack is sent.
    /// </summary>
    public Namespace OnException(Func<Socket, string, Exception, EventArguments?> ack)
    {
        _onException = ack;
        return this;
    }

    /// <summary>A broadcast to a room.</summary>
    public Broadcast To(string room) => Everyone.To(room);

    /// <summary>The sockets of a room: the same as <see cref="To"/>, for the verbs on sockets.</summary>
    public Broadcast In(string room) => Everyone.To(room);

    /// <summary>A broadcast to everyone but a room.</summary>
    public Broadcast Except(string room) => Everyone.Except(room);

    /// <summary>A broadcast that clients which do not keep up may lose.</summary>
    public Broadcast Volatile => Everyone.Volatile;

    internal EventHandler? FindHandler(ReadOnlySpan<byte> name) => _handlers.TryGet(name, out var handler) ? handler : _onAny;

    internal EventArguments AckFor(InvalidInput input) => _onInvalid(input);

    internal EventArguments? AckFor(Socket socket, string name, Exception exception) => _onException?.Invoke(socket, name, exception);

    internal async ValueTask RunMiddlewaresAsync(Socket socket)
    {
        foreach (var middleware in _middlewares)
        {
            await middleware(socket, socket.Disconnected);
        }
    }

    internal async ValueTask RunOnConnectAsync(Socket socket)
    {
        foreach (var handler in _onConnect)
        {
            await RunSafelyAsync(socket, "connection", handler(socket, socket.Disconnected));
        }
    }

    internal async ValueTask RunOnDisconnectAsync(Socket socket, string reason)
    {
        foreach (var handler in _onDisconnect)
        {
            try
            {
                await handler(socket, reason);
            }
            catch (Exception exception)
            {
                LogFailure(socket, "disconnect", exception);
            }
        }
    }

    internal void LogFailure(Socket socket, string name, Exception exception)
    {
        if (socket.IsClosed && exception is (OperationCanceledException or SocketDisconnectedException))
        {
            return; // it heard that its client is gone
        }

        if (exception is JsonException or TooManyAcksException)
        {
            // The client's doing, which it can repeat as fast as it sends: not worth an error each.
            Log.EventRefused(Server.Logger, name, Name, socket.Id);
        }
        else
        {
            Log.HandlerFailed(Server.Logger, Name, name, socket.Id, exception.GetType().FullName!, exception.StackTrace);
        }
    }

    private async ValueTask RunSafelyAsync(Socket socket, string name, ValueTask handler)
    {
        try
        {
            await handler;
        }
        catch (Exception exception)
        {
            LogFailure(socket, name, exception);
        }
    }

    private Namespace Add(string name, EventHandler handler)
    {
        _handlers.Add(name, handler);
        return this;
    }
}
