using System.Text.Json.Serialization.Metadata;
using SocketIO.AspNetCore.Engine;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore;

/// <summary>
/// A packet ready to send: encoded and framed once, shared by all its receivers. Adapters carry its bytes to other nodes.
/// </summary>
public sealed class EncodedPacket
{
    private readonly Frame _text;
    private readonly Frame[] _attachments;

    /// <summary>Frames a packet that was encoded elsewhere.</summary>
    /// <param name="text">The Socket.IO packet in UTF-8, without the Engine.IO type.</param>
    /// <param name="attachments">Its binary attachments.</param>
    /// <param name="offset">What recovering clients name the packet by; null if it is not to be replayed.</param>
    public EncodedPacket(ReadOnlySpan<byte> text, IReadOnlyList<ReadOnlyMemory<byte>> attachments, string? offset)
    {
        _text = Frame.Message(text);
        _attachments = attachments.Count == 0 ? [] : [.. attachments.Select(a => Frame.Binary(a.Span))];
        Offset = offset;
    }

    /// <summary>The Socket.IO packet in UTF-8, without the Engine.IO type.</summary>
    public ReadOnlyMemory<byte> Text => _text.Payload[1..];

    /// <summary>The binary attachments.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Attachments => _attachments.Select(a => a.Payload);

    /// <summary>What recovering clients name the packet by; null if it is not to be replayed.</summary>
    public string? Offset { get; }

    /// <summary>Memory the packet holds, in bytes.</summary>
    internal int Size => _text.Length + _attachments.Sum(a => a.Length);

    internal bool SendTo(EngineSession session) => session.Send(_text, _attachments);

    internal static EncodedPacket Event(ReadOnlySpan<byte> prefix, long id, string name, EventArguments arguments, string? offset)
    {
        var attachments = arguments.Attachments.Count;
        var writer = PacketWriter.Rent();
        writer.Begin(attachments > 0 ? PacketType.BinaryEvent : PacketType.Event, attachments, prefix, id);
        writer.BeginArray();
        writer.WriteElement(name);
        writer.WriteElements(arguments.JsonSpan);
        return End(writer, arguments.Attachments, offset);
    }

    internal static EncodedPacket Event<T>(
        ReadOnlySpan<byte> prefix, string name, T value, JsonTypeInfo<T> typeInfo, string? offset)
    {
        var writer = PacketWriter.Rent();
        writer.Begin(PacketType.Event, 0, prefix, Packet.NoId);
        writer.BeginArray();
        writer.WriteElement(name);
        writer.WriteElement(value, typeInfo);
        return End(writer, [], offset);
    }

    internal static EncodedPacket EventJson(ReadOnlySpan<byte> prefix, string name, ReadOnlySpan<byte> json, string? offset)
    {
        var writer = PacketWriter.Rent();
        writer.Begin(PacketType.Event, 0, prefix, Packet.NoId);
        writer.BeginArray();
        writer.WriteElement(name);
        writer.WriteElements(json);
        return End(writer, [], offset);
    }

    internal static EncodedPacket Ack(ReadOnlySpan<byte> prefix, long id, EventArguments arguments)
    {
        var attachments = arguments.Attachments.Count;
        var writer = PacketWriter.Rent();
        writer.Begin(attachments > 0 ? PacketType.BinaryAck : PacketType.Ack, attachments, prefix, id);
        writer.BeginArray();
        writer.WriteElements(arguments.JsonSpan);
        return End(writer, arguments.Attachments, null);
    }

    internal static EncodedPacket Ack<T>(ReadOnlySpan<byte> prefix, long id, T value, JsonTypeInfo<T> typeInfo)
    {
        var writer = PacketWriter.Rent();
        writer.Begin(PacketType.Ack, 0, prefix, id);
        writer.BeginArray();
        writer.WriteElement(value, typeInfo);
        return End(writer, [], null);
    }

    private static EncodedPacket End(PacketWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> attachments, string? offset)
    {
        if (offset is not null)
        {
            writer.WriteElement(offset);
        }

        writer.EndArray();
        var packet = new EncodedPacket(writer.Written, attachments, offset);
        writer.Return();
        return packet;
    }
}
