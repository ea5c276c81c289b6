using System.Buffers.Binary;

namespace SocketIO.AspNetCore.Engine;

/// <summary>
/// One Engine.IO packet, already framed for WebSocket (RFC 6455 section 5.2; a server's frames are not masked, so
/// the same bytes serve every receiver). Polling uses what follows the frame's header.
/// </summary>
internal readonly struct Frame
{
    private readonly byte[] _bytes;
    private readonly byte _headerLength;

    private Frame(byte[] bytes, int headerLength, bool isBinary)
    {
        _bytes = bytes;
        _headerLength = (byte)headerLength;
        IsBinary = isBinary;
    }

    /// <summary>Whether the payload is raw bytes, sent by polling as <c>b</c> and base64.</summary>
    public bool IsBinary { get; }

    /// <summary>Header and payload, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The whole WebSocket frame.</summary>
    public ReadOnlyMemory<byte> Framed => _bytes;

    /// <summary>The packet without the WebSocket header.</summary>
    public ReadOnlyMemory<byte> Payload => _bytes.AsMemory(_headerLength);

    /// <summary>A text packet, its Engine.IO type included.</summary>
    public static Frame Text(ReadOnlySpan<byte> packet) => Create(0x81, [], packet, isBinary: false);

    /// <summary>A message packet (type 4) around <paramref name="text"/>.</summary>
    public static Frame Message(ReadOnlySpan<byte> text) => Create(0x81, "4"u8, text, isBinary: false);

    /// <summary>A binary message.</summary>
    public static Frame Binary(ReadOnlySpan<byte> data) => Create(0x82, [], data, isBinary: true);

    /// <summary>A WebSocket control frame; <paramref name="payload"/> has at most 125 bytes.</summary>
    public static Frame Control(WebSocketOpcode opcode, ReadOnlySpan<byte> payload) =>
        Create((byte)(0x80 | (int)opcode), [], payload, isBinary: true);

    private static Frame Create(byte first, ReadOnlySpan<byte> type, ReadOnlySpan<byte> rest, bool isBinary)
    {
        var length = type.Length + rest.Length;
        var headerLength = length < 126 ? 2 : length <= ushort.MaxValue ? 4 : 10;
        var bytes = GC.AllocateUninitializedArray<byte>(headerLength + length);
        bytes[0] = first;
        switch (headerLength)
        {
            case 2:
                bytes[1] = (byte)length;
                break;
            case 4:
                bytes[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)length);
                break;
            default:
                bytes[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(2), (ulong)length);
                break;
        }

        type.CopyTo(bytes.AsSpan(headerLength));
        rest.CopyTo(bytes.AsSpan(headerLength + type.Length));
        return new Frame(bytes, headerLength, isBinary);
    }
}
