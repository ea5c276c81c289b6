using System.Text.Json;

namespace SocketIO.AspNetCore.Protocol;

/// <summary>
/// Reads the text form of packets: <c>type [attachments "-"] [namespace ","] [id] [json]</c>. Strict: numbers are
/// canonical decimal and fit, JSON is whole, and what is not well-formed is refused rather than guessed at.
/// </summary>
internal static class PacketDecoder
{
    // Number.MAX_SAFE_INTEGER: a JavaScript client cannot tell larger ids apart.
    private const long MaxId = 9_007_199_254_740_991;

    /// <summary>Decodes a packet. Events and acks leave their arguments in <paramref name="arguments"/>.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> text, in PacketLimits limits, ArgumentScanner arguments, out Packet packet) =>
        TryReadHeader(text, limits, out packet) && packet.Type switch
        {
            PacketType.Connect => packet.Id == Packet.NoId && packet.Payload.Length <= limits.AuthLength
                && (packet.Payload.IsEmpty || IsObject(packet.Payload, limits.Depth)),
            PacketType.Disconnect => packet.Id == Packet.NoId && packet.Payload.IsEmpty,
            PacketType.Event or PacketType.BinaryEvent => arguments.TryScanEvent(packet.Payload, packet.Attachments, limits),
            PacketType.Ack or PacketType.BinaryAck => packet.Id != Packet.NoId
                && arguments.TryScan(packet.Payload, packet.Attachments, limits),
            _ => false, // only a server sends CONNECT_ERROR
        };

    private static bool TryReadHeader(ReadOnlySpan<byte> text, in PacketLimits limits, out Packet packet)
    {
        packet = new Packet { Id = Packet.NoId, Namespace = "/"u8 };
        if (text.IsEmpty || text[0] - '0' is not (>= 0 and <= (int)PacketType.BinaryAck))
        {
            return false;
        }

        packet.Type = (PacketType)(text[0] - '0');
        var rest = text[1..];
        if (packet.Type >= PacketType.BinaryEvent)
        {
            // A packet that announces no attachment would leave the reassembler open for ever (CVE-2026-69185).
            if (!TryReadNumber(ref rest, limits.Attachments, out var attachments) || attachments == 0
                || rest.IsEmpty || rest[0] != (byte)'-')
            {
                return false;
            }

            packet.Attachments = (int)attachments;
            rest = rest[1..];
        }

        if (!rest.IsEmpty && rest[0] == (byte)'/')
        {
            var comma = rest.IndexOf((byte)',');
            packet.Namespace = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? [] : rest[(comma + 1)..];
            if (packet.Namespace.Length > limits.NamespaceLength)
            {
                return false;
            }
        }

        if (!rest.IsEmpty && char.IsAsciiDigit((char)rest[0]))
        {
            if (!TryReadNumber(ref rest, MaxId, out packet.Id))
            {
                return false;
            }
        }

        packet.Payload = rest;
        return true;
    }

    /// <summary>Takes a canonical decimal number (no sign, no leading zero) of at most <paramref name="max"/>.</summary>
    private static bool TryReadNumber(ref ReadOnlySpan<byte> text, long max, out long number)
    {
        number = 0;
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit((char)text[length]))
        {
            number = (number * 10) + (text[length] - '0');
            length++;
            if (number > max || length > 16)
            {
                return false;
            }
        }

        var isCanonical = length == 1 || (length > 1 && text[0] != (byte)'0');
        text = text[length..];
        return isCanonical;
    }

    private static bool IsObject(ReadOnlySpan<byte> json, int maxDepth)
    {
        if (json[0] != (byte)'{')
        {
            return false;
        }

        try
        {
            var reader = ArgumentScanner.CreateReader(json, maxDepth);
            reader.Read();
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
