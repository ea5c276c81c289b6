using System.Buffers;

namespace SocketIO.AspNetCore.Engine;

public sealed partial class EngineSession
{
    private PendingPoll? _poll;
    private bool _isPosting;

    /// <summary>Whether polling requests may still borrow the session.</summary>
    internal bool IsPolling => _socket is null && _state != SessionState.Closed;

    /// <summary>Takes a GET in. Null if another one waits already, or the session is gone.</summary>
    internal PendingPoll? BeginPoll()
    {
        lock (_gate)
        {
            if (_poll is not null || !IsPolling)
            {
                return null;
            }

            _poll = new PendingPoll();
            if (_queue.Count > 0 || _state == SessionState.Closing || _isProbing)
            {
                _poll.Wake();
            }

            return _poll;
        }
    }

    /// <summary>Moves all that waits into the answer of a poll.</summary>
    internal void EndPoll(PendingPoll poll, ArrayBufferWriter<byte> payload)
    {
        TaskCompletionSource? resume;
        lock (_gate)
        {
            if (poll.LastPacket != 0)
            {
                EnginePacketCodec.AppendToPayload(payload, [poll.LastPacket]);
                return;
            }

            _poll = null;
            while (_queue.Count > 0)
            {
                var frame = _queue.Dequeue();
                _unsentBytes -= frame.Length;
                EnginePacketCodec.AppendToPayload(payload, frame);
            }

            if (payload.WrittenCount == 0)
            {
                AppendEnd(payload);
            }
            else if (_state == SessionState.Closing)
            {
                // The close packet takes the next poll: in the same answer, clients act on it before what precedes it.
                _heartbeat.StartClosing();
            }

            resume = TakeResume();
        }

        resume?.SetResult();
    }

    private void AppendEnd(ArrayBufferWriter<byte> payload)
    {
        if (_state == SessionState.Closing)
        {
            EnginePacketCodec.AppendToPayload(payload, "1"u8);
            EnterClosed((byte)'1');
        }
        else
        {
            EnginePacketCodec.AppendToPayload(payload, "6"u8);
        }
    }

    /// <summary>Takes a POST in. False if another one is under way, or the session is gone.</summary>
    internal bool TryBeginPost()
    {
        lock (_gate)
        {
            if (_isPosting || !IsPolling)
            {
                return false;
            }

            return _isPosting = true;
        }
    }

    internal void EndPost()
    {
        lock (_gate)
        {
            _isPosting = false;
        }
    }
}
