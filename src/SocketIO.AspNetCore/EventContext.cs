using System.Text.Json.Serialization.Metadata;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore;

/// <summary>An event that a client sent.</summary>
public sealed class EventContext
{
    private long _ackId;

    internal EventContext(Socket socket, string name, EventArguments arguments, long ackId)
    {
        Socket = socket;
        Name = name;
        Arguments = arguments;
        _ackId = ackId;
    }

    /// <summary>Who sent it.</summary>
    public Socket Socket { get; }

    /// <summary>The event's name.</summary>
    public string Name { get; }

    /// <summary>Its arguments, as they came.</summary>
    public EventArguments Arguments { get; }

    /// <summary>Whether the client waits for an ack that was not sent yet.</summary>
    public bool HasAck => Volatile.Read(ref _ackId) != Packet.NoId;

    /// <summary>Sends the ack, with one argument.</summary>
    public bool Ack<T>(T value, JsonTypeInfo<T> typeInfo) => Ack(EventArguments.Of(value, typeInfo));

    /// <summary>Sends the ack. False if the client asked for none, or got it already: nothing is sent then.</summary>
    public bool Ack(EventArguments arguments)
    {
        var id = Interlocked.Exchange(ref _ackId, Packet.NoId);
        if (id == Packet.NoId)
        {
            return false;
        }

        Socket.Send(EncodedPacket.Ack(Socket.Namespace.Prefix, id, arguments));
        return true;
    }
}

/// <summary>An event whose argument could not be read.</summary>
/// <param name="Socket">Who sent it.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Path">Where in the argument, as a JSON path; null if it is missing.</param>
public sealed record InvalidInput(Socket Socket, string Name, string? Path);
