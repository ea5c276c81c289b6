using System.Buffers.Binary;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>A frame of RFC 6455, built without any of its rules enforced.</summary>
internal sealed record WebSocketFrame(int Opcode, byte[] Payload)
{
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Payload);

    public const int Continuation = 0;
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    /// <summary>Encodes a client's frame.</summary>
    /// <param name="opcode">Four bits; any.</param>
    /// <param name="payload">Sent under a mask of zeros, which leaves the bytes as they are.</param>
    /// <param name="final">FIN.</param>
    /// <param name="reserved">RSV1 to RSV3 as three bits, which nothing negotiated allows.</param>
    /// <param name="masked">False breaks the rule that a client masks.</param>
    public static byte[] Encode(int opcode, ReadOnlySpan<byte> payload, bool final = true, int reserved = 0, bool masked = true)
    {
        var lengthBytes = payload.Length switch { < 126 => 0, <= ushort.MaxValue => 2, _ => 8 };
        var frame = new byte[2 + lengthBytes + (masked ? 4 : 0) + payload.Length];
        frame[0] = (byte)((final ? 0x80 : 0) | (reserved << 4) | opcode);
        frame[1] = (byte)((masked ? 0x80 : 0) | lengthBytes switch { 0 => payload.Length, 2 => 126, _ => 127 });
        if (lengthBytes == 2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }
        else if (lengthBytes == 8)
        {
            BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
        }

        payload.CopyTo(frame.AsSpan(frame.Length - payload.Length));
        return frame;
    }
}
