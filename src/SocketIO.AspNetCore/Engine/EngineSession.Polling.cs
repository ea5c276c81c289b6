using System.Buffers;

namespace SocketIO.AspNetCore.Engine;

public sealed partial class EngineSession
{
    // Longer than two requests sent at once can be apart, shorter than anyone notices.
    private static readonly TimeSpan _raceTime = TimeSpan.FromMilliseconds(30);

    private PendingPoll? _poll;
    private TaskCompletionSource? _polled;
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
            _polled?.TrySetResult();
            if (_queue.Count > 0 || _state == SessionState.Closing)
            {
                _poll.Wake();
            }
            else
            {
                EndPollSoonWhileProbing();
            }

            return _poll;
        }
    }

    /// <summary>Moves all that waits into the answer of a poll. False if the poll is to be refused.</summary>
    internal bool EndPoll(PendingPoll poll, ArrayBufferWriter<byte> payload)
    {
        TaskCompletionSource? resume;
        lock (_gate)
        {
            if (poll.IsFinished)
            {
                EnginePacketCodec.AppendToPayload(payload, [poll.LastPacket]);
                return poll.LastPacket != 0;
            }

            _poll = null;
            while (_queue.Count > 0)
            {
                var frame = _queue.Dequeue();
                AddUnsent(-frame.Length);
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
        return true;
    }

    /// <summary>
    /// Waits a moment for a poll before the client's close is acted on: a client that sends both at once wants its poll
    /// answered, and two connections race each other to us.
    /// </summary>
    internal async ValueTask WaitForPollAsync()
    {
        Task polled;
        lock (_gate)
        {
            if (_poll is not null || _state != SessionState.Open)
            {
                return;
            }

            _polled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            polled = _polled.Task;
        }

        await Task.WhenAny(polled, Task.Delay(_raceTime, _endpoint.Options.TimeProvider));
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
