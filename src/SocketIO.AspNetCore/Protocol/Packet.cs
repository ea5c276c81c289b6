using System.Runtime.InteropServices;

namespace SocketIO.AspNetCore.Protocol;

/// <summary>Socket.IO v5 packet types, by their digit on the wire.</summary>
internal enum PacketType : byte
{
    Connect = 0,
    Disconnect = 1,
    Event = 2,
    Ack = 3,
    ConnectError = 4,
    BinaryEvent = 5,
    BinaryAck = 6,
}

/// <summary>A decoded packet: views into the bytes it came in.</summary>
internal ref struct Packet
{
    /// <summary>The id of a packet that has none.</summary>
    public const long NoId = -1;

    public PacketType Type;

    /// <summary>UTF-8, <c>/</c> if the packet names none.</summary>
    public ReadOnlySpan<byte> Namespace;

    public long Id;

    public int Attachments;

    /// <summary>JSON; empty if there is none.</summary>
    public ReadOnlySpan<byte> Payload;
}

/// <summary>What a packet may cost.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PacketLimits(int Attachments, int Arguments, int Depth, int NamespaceLength, int AuthLength);
