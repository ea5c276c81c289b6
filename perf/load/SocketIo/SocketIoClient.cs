using System.Buffers.Text;
using System.Text;
using Colloque.Load.Net;

namespace Colloque.Load.SocketIo;

/// <summary>A Socket.IO v5 client in one namespace over one websocket. It reads just enough of a packet to know what it is.</summary>
internal abstract class SocketIoClient : WebSocketLink
{
    private readonly byte[] prefix;
    private readonly byte[] connect;

    /// <summary>Makes a client; <see cref="Link.Open"/> connects it.</summary>
    /// <param name="loop">Where it lives.</param>
    /// <param name="url">Scheme, host and port.</param>
    /// <param name="path">The endpoint, for example <c>/socket.io/</c>.</param>
    /// <param name="space">The namespace, for example <c>/consultations</c>.</param>
    /// <param name="auth">The CONNECT packet's JSON, or nothing.</param>
    protected SocketIoClient(EventLoop loop, Uri url, string path, string space, string auth)
        : base(loop, url, $"{path}?EIO=4&transport=websocket")
    {
        prefix = Encoding.UTF8.GetBytes(space == "/" ? "" : space + ",");
        connect = Encoding.UTF8.GetBytes($"40{Encoding.UTF8.GetString(prefix)}{auth}");
    }

    /// <summary>The namespace has let it in.</summary>
    protected abstract void OnConnected();

    /// <summary>The namespace keeps it out; <paramref name="reason"/> is its JSON.</summary>
    protected abstract void OnRefused(ReadOnlySpan<byte> reason);

    /// <summary>An event: the JSON array of its name and arguments.</summary>
    protected abstract void OnEvent(ReadOnlySpan<byte> json);

    /// <summary>An ack: the JSON array of its arguments.</summary>
    protected abstract void OnAck(long id, ReadOnlySpan<byte> json);

    /// <summary>Starts an event that asks for an ack: writes the packet's head into <see cref="EventLoop.Outgoing"/> and answers its length.</summary>
    protected int Begin(long ackId)
    {
        var length = BeginWithoutAck();
        Utf8Formatter.TryFormat(ackId, Loop.Outgoing.AsSpan(length), out var digits);
        return length + digits;
    }

    /// <summary>Starts an event that asks for none.</summary>
    protected int BeginWithoutAck()
    {
        var packet = Loop.Outgoing.AsSpan();
        packet[0] = (byte)'4';
        packet[1] = (byte)'2';
        prefix.CopyTo(packet[2..]);
        return 2 + prefix.Length;
    }

    /// <summary>Adds to the event being written; answers its new length.</summary>
    protected int Add(int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Loop.Outgoing.AsSpan(length));
        return length + bytes.Length;
    }

    /// <summary>Ends the event; it leaves with the next flush.</summary>
    protected void End(int length) => SendText(Loop.Outgoing.AsSpan(0, length));

    protected override void OnText(ReadOnlySpan<byte> text)
    {
        switch (text[0])
        {
            case (byte)'0':
                SendText(connect);
                break;
            case (byte)'1':
                Close("closed by Engine.IO");
                break;
            case (byte)'2':
                SendText("3"u8);
                break;
            case (byte)'4' when text.Length >= 2:
                OnPacket(text[1], text[2..]);
                break;
            default:
                break;
        }
    }

    private void OnPacket(byte type, ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(prefix))
            return;
        body = body[prefix.Length..];
        switch (type)
        {
            case (byte)'0':
                OnConnected();
                break;
            case (byte)'1':
                Close("disconnected from the namespace");
                break;
            case (byte)'2':
                OnEvent(body[Math.Max(0, body.IndexOf((byte)'['))..]);
                break;
            case (byte)'3' when Utf8Parser.TryParse(body, out long id, out var digits):
                OnAck(id, body[digits..]);
                break;
            case (byte)'4':
                OnRefused(body);
                break;
            default:
                Close($"an unexpected packet ({(char)type})");
                break;
        }
    }
}
