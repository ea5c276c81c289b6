using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Colloque.Load.Net;

/// <summary>The client's half of RFC 6455, as much of it as text messages need: masked frames out, whole unmasked frames in.</summary>
internal abstract class WebSocketLink(EventLoop loop, Uri url, string pathAndQuery) : Link(loop)
{
    private const byte Final = 0x80, Text = 1, End = 8, Ping = 9, Pong = 10;

    // An xorshift state: a mask must change from frame to frame, not resist a cryptographer on one's own machine.
    private uint mask = 0x9E3779B9;
    private bool upgraded;

    protected override void Opened()
    {
        upgraded = false;
        var request = Encoding.ASCII.GetBytes(
            $"GET {pathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(Guid.CreateVersion7().ToByteArray())}\r\n\r\n");
        request.CopyTo(Reserve(request.Length));
        Flush();
    }

    protected override int Take(ReadOnlySpan<byte> bytes)
    {
        var taken = upgraded ? 0 : TakeAnswer(bytes);
        while (upgraded && IsOpen && TryFrame(bytes[taken..], out var code, out var payload, out var length))
        {
            taken += length;
            Handle(code, payload);
        }

        return taken;
    }

    /// <summary>A text message arrived. The bytes are the loop's: good until this returns.</summary>
    protected abstract void OnText(ReadOnlySpan<byte> text);

    /// <summary>Writes a text message with the next flush.</summary>
    protected void SendText(ReadOnlySpan<byte> text) => SendFrame(Text, text);

    private int TakeAnswer(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return 0;
        if (bytes.StartsWith("HTTP/1.1 101"u8))
            upgraded = true;
        else
            Close("the upgrade was refused: " + Encoding.ASCII.GetString(bytes[..bytes.IndexOf((byte)'\r')]));
        return end + 4;
    }

    private void Handle(byte code, ReadOnlySpan<byte> payload)
    {
        switch (code)
        {
            case Final | Text:
                OnText(payload);
                break;
            case Final | Ping:
                SendFrame(Pong, payload);
                break;
            case Final | Pong:
                break;
            case Final | End:
                Close(payload.Length >= 2 ? $"closed with {BinaryPrimitives.ReadUInt16BigEndian(payload)}" : "closed without a code");
                break;
            default:
                Close($"an unexpected frame ({code:x2})");
                break;
        }
    }

    private static bool TryFrame(ReadOnlySpan<byte> bytes, out byte code, out ReadOnlySpan<byte> payload, out int length)
    {
        code = 0;
        payload = default;
        length = 0;
        if (bytes.Length < 2)
            return false;
        var (head, size) = bytes[1] switch
        {
            126 when bytes.Length >= 4 => (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            127 when bytes.Length >= 10 => (10, (long)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
            >= 126 => (0, 0),
            _ => (2, bytes[1]),
        };
        if (head == 0 || bytes.Length < head + size)
            return false;
        code = bytes[0];
        payload = bytes.Slice(head, (int)size);
        length = head + (int)size;
        return true;
    }

    private void SendFrame(byte code, ReadOnlySpan<byte> payload)
    {
        if (!IsOpen)
            return;
        var head = payload.Length < 126 ? 6 : 8;
        var frame = Reserve(head + payload.Length);
        frame[0] = (byte)(Final | code);
        if (head == 6)
        {
            frame[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], checked((ushort)payload.Length));
        }

        mask ^= mask << 13;
        mask ^= mask >> 17;
        mask ^= mask << 5;
        MemoryMarshal.Write(frame[(head - 4)..], mask);
        Mask(payload, frame[head..]);
    }

    private void Mask(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var wide = mask | ((ulong)mask << 32);
        var i = 0;
        for (; i <= from.Length - 8; i += 8)
            MemoryMarshal.Write(to[i..], MemoryMarshal.Read<ulong>(from[i..]) ^ wide);
        for (; i < from.Length; i++)
            to[i] = (byte)(from[i] ^ (byte)(wide >> (8 * (i & 7))));
    }
}
