using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace SocketIO.AspNetCore.Engine;

/// <summary>The reading side of a websocket.</summary>
internal sealed partial class WebSocketTransport
{
    // Rented only while bytes are there to read. Most frames are far smaller; larger ones grow it as they arrive,
    // so that a length announced costs nothing until its bytes come.
    private const int ReadSize = 4096;

    private bool _isUpgrading = isUpgrade;
    private bool _discards;
    private long _readWhileClosing;
    private int _fragments;
    private WebSocketOpcode _fragmentedOpcode;
    private ArrayBufferWriter<byte>? _fragmented;

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync()
    {
        var endpoint = session.Endpoint;
        if (_isUpgrading && !_discards)
        {
            endpoint.Sweeper.Arm(this, endpoint.UpgradeTimeout);
        }

        try
        {
            await ReadAsync();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            Log.ReadFailed(endpoint.Logger, exception.GetType().Name);
        }
        finally
        {
            session.OnSocketEnded(this, CloseReason.TransportClose);
            await WhenFlushedAsync();
            endpoint.Sweeper.Disarm(this);
            lock (session.Gate)
            {
                _hasEnded = true;
            }
        }
    }

    /// <summary>Closes the connection without ever touching the session.</summary>
    public Task RunRefusedAsync()
    {
        _discards = true;
        lock (session.Gate)
        {
            BeginClose(WebSocketStatus.PolicyViolation);
        }

        return RunAsync();
    }

    private async Task ReadAsync()
    {
        byte[] buffer = [];
        var start = 0;
        var end = 0;
        try
        {
            while (true)
            {
                if (start == end)
                {
                    start = end = 0;
                    Release(ref buffer);
                    await WhenBytesArriveAsync();
                    buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
                }
                else if (end == buffer.Length)
                {
                    MakeRoom(ref buffer, ref start, ref end);
                }

                var read = await stream.ReadAsync(buffer.AsMemory(end));
                if (read == 0)
                {
                    return;
                }

                end += read;
                while (TryReadFrame(buffer.AsMemory(0, end), ref start, out var header, out var payload))
                {
                    if (!Handle(header, payload.Span))
                    {
                        return;
                    }

                    await session.WhenReadableAsync();
                }

                if (_discards)
                {
                    start = end;
                }

                if (IsOverPatience(read))
                {
                    Abort();
                    return;
                }
            }
        }
        finally
        {
            Release(ref buffer);
        }
    }

    /// <summary>
    /// Once closing, bytes are only taken in so that the peer, still sending, gets to see the close frame; not for ever.
    /// </summary>
    private bool IsOverPatience(int read)
    {
        if (_closeStatus != 0)
        {
            _readWhileClosing += read;
        }

        return _readWhileClosing > 2L * session.Endpoint.Options.MaxHttpBufferSize;
    }

    /// <summary>A read of nothing: it completes when there is something, and holds no buffer until then.</summary>
    private async ValueTask WhenBytesArriveAsync() => _ = await stream.ReadAsync(Memory<byte>.Empty);

    private bool TryReadFrame(Memory<byte> input, ref int start, out WebSocketFrameHeader header, out Memory<byte> payload)
    {
        payload = default;
        header = default;
        if (_discards)
        {
            return false;
        }

        var rest = input[start..];
        if (!WebSocketFrameHeader.TryRead(rest.Span, session.Endpoint.Options.MaxHttpBufferSize, out header, out var violation))
        {
            if (violation != 0)
            {
                Fail(violation, CloseReason.TransportError);
            }

            return false;
        }

        if (rest.Length < header.HeaderLength + header.PayloadLength)
        {
            return false;
        }

        payload = rest.Slice(header.HeaderLength, header.PayloadLength);
        header.Unmask(payload.Span);
        start += header.HeaderLength + header.PayloadLength;
        return true;
    }

    /// <summary>Takes one frame. False when the connection is to end now.</summary>
    private bool Handle(in WebSocketFrameHeader header, ReadOnlySpan<byte> payload)
    {
        switch (header.Opcode)
        {
            case WebSocketOpcode.Ping:
                lock (session.Gate)
                {
                    // One answer for all pings not yet answered (section 5.5.3): a flood of them queues one frame.
                    _pong = Frame.Control(WebSocketOpcode.Pong, payload);
                    Flush();
                }

                break;
            case WebSocketOpcode.Pong:
                break;
            case WebSocketOpcode.Close:
                HandleClose(payload);
                return false;
            case WebSocketOpcode.Continuation:
                HandleFragment(header.IsFinal, payload);
                break;
            default:
                HandleData(header, payload);
                break;
        }

        return true;
    }

    private void HandleData(in WebSocketFrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (_fragments > 0)
        {
            Fail(WebSocketStatus.ProtocolError, CloseReason.TransportError);
        }
        else if (header.IsFinal)
        {
            HandleMessage(header.Opcode, payload);
        }
        else
        {
            _fragments = 1;
            _fragmentedOpcode = header.Opcode;
            _fragmented = new ArrayBufferWriter<byte>();
            _fragmented.Write(payload);
        }
    }

    private void HandleFragment(bool isFinal, ReadOnlySpan<byte> payload)
    {
        var options = session.Endpoint.Options;
        if (_fragments == 0)
        {
            Fail(WebSocketStatus.ProtocolError, CloseReason.TransportError);
        }
        else if (_fragmented!.WrittenCount + payload.Length > options.MaxHttpBufferSize)
        {
            Fail(WebSocketStatus.TooBig, CloseReason.TransportError);
        }
        else if (++_fragments > options.MaxFragments)
        {
            Fail(WebSocketStatus.PolicyViolation, CloseReason.TransportError);
        }
        else
        {
            _fragmented.Write(payload);
            if (isFinal)
            {
                var message = _fragmented;
                _fragments = 0;
                _fragmented = null;
                HandleMessage(_fragmentedOpcode, message.WrittenSpan);
            }
        }
    }

    private void HandleMessage(WebSocketOpcode opcode, ReadOnlySpan<byte> message)
    {
        if (opcode == WebSocketOpcode.Text && !Utf8.IsValid(message))
        {
            Fail(WebSocketStatus.InvalidText, CloseReason.TransportError);
        }
        else if (_isUpgrading)
        {
            HandleUpgrade(opcode, message);
        }
        else if (opcode == WebSocketOpcode.Binary)
        {
            session.ReceiveBinary(message);
        }
        else if (!session.Receive(message))
        {
            Fail(WebSocketStatus.ProtocolError, CloseReason.ParseError);
        }
    }

    private void HandleUpgrade(WebSocketOpcode opcode, ReadOnlySpan<byte> message)
    {
        if (opcode == WebSocketOpcode.Text && message.SequenceEqual("2probe"u8))
        {
            lock (session.Gate)
            {
                _probePong = EnginePacketCodec.ProbePong;
                Flush();
            }

            session.OnProbe(this);
        }
        else if (opcode == WebSocketOpcode.Text && message.SequenceEqual("5"u8) && session.TryCompleteUpgrade(this))
        {
            _isUpgrading = false;
            DisarmUpgrade();
        }
        else
        {
            Fail(WebSocketStatus.ProtocolError, CloseReason.TransportError);
        }
    }

    private void DisarmUpgrade()
    {
        lock (session.Gate)
        {
            if (_closeStatus == 0)
            {
                session.Endpoint.Sweeper.Disarm(this);
            }
        }
    }

    private void HandleClose(ReadOnlySpan<byte> payload)
    {
        var isValid = payload.Length == 0
            || (payload.Length >= 2 && IsStatus(BinaryPrimitives.ReadUInt16BigEndian(payload)) && Utf8.IsValid(payload[2..]));
        lock (session.Gate)
        {
            BeginClose(isValid ? WebSocketStatus.Normal : WebSocketStatus.ProtocolError);
        }
    }

    /// <summary>The client broke a rule: a close frame goes out, and nothing more is understood of what still comes in.</summary>
    private void Fail(ushort status, string reason)
    {
        _discards = true;
        _fragmented = null;
        if (!_isUpgrading)
        {
            session.Terminate(reason, status: status);
        }
        else
        {
            session.OnSocketEnded(this, reason);
        }

        lock (session.Gate)
        {
            BeginClose(status);
        }
    }

    private static bool IsStatus(ushort status) =>
        status is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);

    private static void MakeRoom(ref byte[] buffer, ref int start, ref int end)
    {
        var used = end - start;
        var target = used > buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(buffer.Length * 2) : buffer;
        Buffer.BlockCopy(buffer, start, target, 0, used);
        if (target != buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = target;
        }

        start = 0;
        end = used;
    }

    private static void Release(ref byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }
}
