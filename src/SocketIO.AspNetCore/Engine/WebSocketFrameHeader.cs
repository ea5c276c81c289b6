using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SocketIO.AspNetCore.Engine;

/// <summary>RFC 6455 section 5.2 opcodes.</summary>
internal enum WebSocketOpcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>RFC 6455 section 7.4 status codes that this server sends.</summary>
internal static class WebSocketStatus
{
    public const ushort Normal = 1000;
    public const ushort GoingAway = 1001;
    public const ushort ProtocolError = 1002;
    public const ushort InvalidText = 1007;
    public const ushort PolicyViolation = 1008;
    public const ushort TooBig = 1009;
}

/// <summary>The header of a frame sent by a client.</summary>
internal readonly record struct WebSocketFrameHeader(
    WebSocketOpcode Opcode, bool IsFinal, int HeaderLength, int PayloadLength, uint Mask)
{
    /// <summary>
    /// Reads one header. Returns false when bytes are missing; <paramref name="violation"/> is then 0, or the status
    /// to close with when no byte that may follow can make the frame a legal one.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> input, int maxPayload, out WebSocketFrameHeader header, out ushort violation)
    {
        header = default;
        violation = 0;
        if (input.Length < 2)
        {
            return false;
        }

        var opcode = (WebSocketOpcode)(input[0] & 0x0F);
        var isFinal = (input[0] & 0x80) != 0;
        var isControl = opcode >= WebSocketOpcode.Close;
        var shortLength = input[1] & 0x7F;
        var hasReservedBits = (input[0] & 0x70) != 0;
        var isMasked = (input[1] & 0x80) != 0;
        if (hasReservedBits || !isMasked || !IsKnown(opcode) || (isControl && (!isFinal || shortLength > 125)))
        {
            violation = WebSocketStatus.ProtocolError;
            return false;
        }

        var lengthBytes = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        var headerLength = 2 + lengthBytes + 4;
        if (input.Length < headerLength)
        {
            return false;
        }

        var length = lengthBytes switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(input[2..]),
            8 => BinaryPrimitives.ReadUInt64BigEndian(input[2..]),
            _ => (ulong)shortLength,
        };
        var isMinimal = lengthBytes switch { 2 => length > 125, 8 => length > ushort.MaxValue, _ => true };
        if (!isMinimal || length > long.MaxValue)
        {
            violation = WebSocketStatus.ProtocolError;
            return false;
        }

        if (length > (ulong)maxPayload)
        {
            violation = WebSocketStatus.TooBig;
            return false;
        }

        var mask = MemoryMarshal.Read<uint>(input[(2 + lengthBytes)..]);
        header = new WebSocketFrameHeader(opcode, isFinal, headerLength, (int)length, mask);
        return true;
    }

    /// <summary>Undoes the client's masking in place (RFC 6455 section 5.3).</summary>
    public void Unmask(Span<byte> payload)
    {
        var wide = MemoryMarshal.Cast<byte, Vector<uint>>(payload);
        var mask = new Vector<uint>(Mask);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] ^= mask;
        }

        // The vector's width is a multiple of four, so the rest starts at the mask's first byte.
        var rest = payload[(wide.Length * Vector<byte>.Count)..];
        Span<byte> key = stackalloc byte[4];
        MemoryMarshal.Write(key, Mask);
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] ^= key[i & 3];
        }
    }

    private static bool IsKnown(WebSocketOpcode opcode) =>
        opcode <= WebSocketOpcode.Binary || opcode is WebSocketOpcode.Close or WebSocketOpcode.Ping or WebSocketOpcode.Pong;
}
