using System.Text.Json.Serialization.Metadata;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore;

/// <summary>
/// Sockets to reach. Immutable: each step returns another one, so that it can be kept and shared. A packet is encoded
/// once, however many get it.
/// </summary>
public sealed class Broadcast
{
    private readonly Namespace _namespace;
    private readonly BroadcastFilter _filter;

    internal Broadcast(Namespace ns, BroadcastFilter filter)
    {
        _namespace = ns;
        _filter = filter;
    }

    /// <summary>Also the sockets of this room. The first room named narrows everyone down to it, further ones add theirs.</summary>
    public Broadcast To(string room) => new(_namespace, _filter with { Rooms = [.. _filter.Rooms, room] });

    /// <summary>Not the sockets of this room.</summary>
    public Broadcast Except(string room) => new(_namespace, _filter with { Except = [.. _filter.Except, room] });

    /// <summary>May be lost by clients that do not keep up. Never replayed.</summary>
    public Broadcast Volatile => new(_namespace, _filter with { IsVolatile = true });

    /// <summary>Only sockets of this node.</summary>
    public Broadcast Local => new(_namespace, _filter with { IsLocal = true });

    /// <summary>Sends an event without arguments.</summary>
    public void Emit(string name) => Emit(name, EventArguments.Empty);

    /// <summary>Sends an event.</summary>
    public void Emit(string name, EventArguments arguments) =>
        Emit(EncodedPacket.Event(_namespace.Prefix, Packet.NoId, name, arguments, NextOffset()));

    /// <summary>Sends an event with one argument.</summary>
    public void Emit<T>(string name, T value, JsonTypeInfo<T> typeInfo) =>
        Emit(EncodedPacket.Event(_namespace.Prefix, name, value, typeInfo, NextOffset()));

    /// <summary>Sends an event whose arguments are UTF-8 JSON already, joined by commas. Not checked.</summary>
    public void EmitJson(string name, ReadOnlySpan<byte> utf8Json) =>
        Emit(EncodedPacket.EventJson(_namespace.Prefix, name, utf8Json, NextOffset()));

    /// <summary>
    /// Sends an event to the sockets of this node and waits for the acks. Those that do not answer in time, or are
    /// disconnected meanwhile, are missing from the answers.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, EventArguments>> EmitWithAckAsync(
        string name, EventArguments arguments, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var sockets = _namespace.Adapter.LocalSockets(_filter);
        var answers = await Task.WhenAll(sockets.Select(s => AskAsync(s, name, arguments, timeout, cancellationToken)));
        return answers.Where(a => a.Answer is not null).ToDictionary(a => a.Id, a => a.Answer!, StringComparer.Ordinal);
    }

    /// <summary>The sockets, on all nodes.</summary>
    public ValueTask<IReadOnlyList<RemoteSocket>> FetchSocketsAsync(CancellationToken cancellationToken = default) =>
        _namespace.Adapter.FetchSocketsAsync(_filter, cancellationToken);

    /// <summary>Puts the sockets, on all nodes, into rooms.</summary>
    public ValueTask SocketsJoinAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        _namespace.Adapter.JoinAsync(_filter, rooms, cancellationToken);

    /// <summary>Takes the sockets, on all nodes, out of rooms.</summary>
    public ValueTask SocketsLeaveAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        _namespace.Adapter.LeaveAsync(_filter, rooms, cancellationToken);

    /// <summary>Disconnects the sockets, on all nodes; their whole connections, if <paramref name="close"/>.</summary>
    public ValueTask DisconnectSocketsAsync(bool close = false, CancellationToken cancellationToken = default) =>
        _namespace.Adapter.DisconnectAsync(_filter, close, cancellationToken);

    private static async Task<(string Id, EventArguments? Answer)> AskAsync(
        Socket socket, string name, EventArguments arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return (socket.Id, await socket.EmitWithAckAsync(name, arguments, timeout, cancellationToken));
        }
        catch (Exception exception) when (exception is TimeoutException or SocketDisconnectedException or TooManyAcksException)
        {
            return (socket.Id, null);
        }
    }

    private string? NextOffset() => _filter.IsVolatile ? null : _namespace.Adapter.NextOffset();

    private void Emit(EncodedPacket packet) => _namespace.Adapter.Broadcast(packet, _filter);
}
