namespace SocketIO.AspNetCore.Protocol;

/// <summary>A binary packet that waits for its attachments.</summary>
internal sealed class BinaryReassembler
{
    private readonly ReadOnlyMemory<byte>[] _attachments;
    private readonly EventArguments _arguments;
    private readonly int _maxBytes;
    private int _count;
    private int _bytes;

    /// <summary>Copies the packet; <paramref name="maxBytes"/> bounds its JSON and attachments together.</summary>
    public BinaryReassembler(in Packet packet, ArgumentScanner scanner, int maxBytes)
    {
        IsAck = packet.Type == PacketType.BinaryAck;
        Id = packet.Id;
        Namespace = packet.Namespace.ToArray();
        scanner.TryReadName(packet.Payload, out var name);
        Name = IsAck ? [] : name.ToArray();
        _attachments = new ReadOnlyMemory<byte>[packet.Attachments];
        _arguments = EventArguments.Copy(packet.Payload, scanner, _attachments);
        _maxBytes = maxBytes;
        _bytes = packet.Payload.Length;
    }

    public bool IsAck { get; }

    public long Id { get; }

    public byte[] Namespace { get; }

    /// <summary>The event's name; empty for an ack.</summary>
    public byte[] Name { get; }

    /// <summary>Takes the next attachment. False if the packet grows over its bound.</summary>
    public bool TryAdd(ReadOnlySpan<byte> attachment, out EventArguments? complete)
    {
        complete = null;
        _bytes += attachment.Length;
        if (_bytes > _maxBytes)
        {
            return false;
        }

        _attachments[_count++] = attachment.ToArray();
        if (_count == _attachments.Length)
        {
            complete = _arguments;
        }

        return true;
    }
}
