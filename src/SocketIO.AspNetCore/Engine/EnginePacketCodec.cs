using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SocketIO.AspNetCore.Engine;

/// <summary>The text form of Engine.IO v4 packets. Pure: no state, no I/O.</summary>
internal static class EnginePacketCodec
{
    public const byte Separator = 0x1e;

    public static readonly Frame Ping = Frame.Text("2"u8);
    public static readonly Frame ProbePong = Frame.Text("3probe"u8);

    /// <summary>The handshake packet.</summary>
    public static byte[] Open(string sid, bool canUpgrade, EngineIOOptions options) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""0{"sid":"{{sid}}","upgrades":[{{(canUpgrade ? "\"websocket\"" : "")}}],"pingInterval":{{(long)options.PingInterval.TotalMilliseconds}},"pingTimeout":{{(long)options.PingTimeout.TotalMilliseconds}},"maxPayload":{{options.MaxHttpBufferSize}}}"""));

    /// <summary>Appends one packet to the body of a poll's answer.</summary>
    public static void AppendToPayload(ArrayBufferWriter<byte> payload, in Frame frame)
    {
        if (!frame.IsBinary)
        {
            AppendToPayload(payload, frame.Payload.Span);
            return;
        }

        AppendSeparator(payload);
        var data = frame.Payload.Span;
        var target = payload.GetSpan(1 + Base64.GetMaxEncodedToUtf8Length(data.Length));
        target[0] = (byte)'b';
        Base64.EncodeToUtf8(data, target[1..], out _, out var written);
        payload.Advance(1 + written);
    }

    /// <summary>Appends one text packet to the body of a poll's answer.</summary>
    public static void AppendToPayload(ArrayBufferWriter<byte> payload, ReadOnlySpan<byte> packet)
    {
        AppendSeparator(payload);
        payload.Write(packet);
    }

    /// <summary>Decodes the base64 of a binary packet in place; false if it is not canonical base64.</summary>
    public static bool TryDecodeBinary(Span<byte> base64, out int length) =>
        Base64.DecodeFromUtf8InPlace(base64, out length) == OperationStatus.Done
        && Base64.GetMaxEncodedToUtf8Length(length) == base64.Length;

    private static void AppendSeparator(ArrayBufferWriter<byte> payload)
    {
        if (payload.WrittenCount > 0)
        {
            payload.GetSpan(1)[0] = Separator;
            payload.Advance(1);
        }
    }
}
