using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore;

/// <summary>An event on its way to its handler: views into the receive buffer, or the parts of a binary packet.</summary>
internal readonly ref struct IncomingEvent
{
    public required ReadOnlySpan<byte> Name { get; init; }

    public required long AckId { get; init; }

    /// <summary>The packet's JSON, with <see cref="Scanner"/>; or else <see cref="Complete"/> is set.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    public ArgumentScanner? Scanner { get; init; }

    public EventArguments? Complete { get; init; }

    public ReadOnlySpan<byte> First =>
        Complete is not null ? (Complete.Count == 0 ? default : Complete[0].Span)
        : Scanner!.Arguments is [var first, ..] ? first.Of(Payload)
        : default;

    /// <summary>Copies the arguments, so that they outlive the receive buffer.</summary>
    public EventArguments ToArguments() => Complete ?? EventArguments.Copy(Payload, Scanner!, []);
}

/// <summary>What a namespace does with one event.</summary>
internal abstract class EventHandler(string name)
{
    public string Name { get; } = name;

    /// <summary>Reads what it needs of the event before it returns.</summary>
    public abstract ValueTask InvokeAsync(Socket socket, in IncomingEvent incoming);
}

internal sealed class RawEventHandler(string name, Func<EventContext, CancellationToken, ValueTask> handler) : EventHandler(name)
{
    public override ValueTask InvokeAsync(Socket socket, in IncomingEvent incoming) =>
        handler(new EventContext(socket, Name, incoming.ToArguments(), incoming.AckId), socket.Disconnected);
}

/// <summary>Gets all events that no other handler takes.</summary>
internal sealed class AnyEventHandler(Func<EventContext, CancellationToken, ValueTask> handler) : EventHandler("*")
{
    public override ValueTask InvokeAsync(Socket socket, in IncomingEvent incoming) => handler(
        new EventContext(socket, Encoding.UTF8.GetString(incoming.Name), incoming.ToArguments(), incoming.AckId), socket.Disconnected);
}

/// <summary>Reads the first argument straight from the receive buffer, and answers with the handler's result.</summary>
internal sealed class TypedEventHandler<TIn, TAck>(
    string name,
    JsonTypeInfo<TIn> inputType,
    JsonTypeInfo<TAck> ackType,
    Func<Socket, TIn, CancellationToken, ValueTask<TAck>> handler) : EventHandler(name)
{
    public override ValueTask InvokeAsync(Socket socket, in IncomingEvent incoming)
    {
        var first = incoming.First;
        TIn? input;
        try
        {
            input = first.IsEmpty ? default : JsonSerializer.Deserialize(first, inputType);
        }
        catch (JsonException exception)
        {
            Refuse(socket, incoming.AckId, exception.Path);
            return default;
        }

        if (input is null)
        {
            Refuse(socket, incoming.AckId, first.IsEmpty ? null : "$");
            return default;
        }

        return RunAsync(socket, input, incoming.AckId);
    }

    private async ValueTask RunAsync(Socket socket, TIn input, long ackId)
    {
        try
        {
            var ack = await handler(socket, input, socket.Disconnected);
            if (ackId != Packet.NoId)
            {
                socket.Send(EncodedPacket.Ack(socket.Namespace.Prefix, ackId, ack, ackType));
            }
        }
        catch (Exception exception) when (socket.Namespace.AckFor(socket, Name, exception) is { } ack)
        {
            if (ackId != Packet.NoId)
            {
                socket.Send(EncodedPacket.Ack(socket.Namespace.Prefix, ackId, ack));
            }
        }
    }

    private void Refuse(Socket socket, long ackId, string? path)
    {
        if (ackId != Packet.NoId)
        {
            var ack = socket.Namespace.AckFor(new InvalidInput(socket, Name, path));
            socket.Send(EncodedPacket.Ack(socket.Namespace.Prefix, ackId, ack));
        }
    }
}
