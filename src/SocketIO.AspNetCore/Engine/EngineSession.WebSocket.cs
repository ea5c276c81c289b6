namespace SocketIO.AspNetCore.Engine;

public sealed partial class EngineSession
{
    private WebSocketTransport? _socket;
    private WebSocketTransport? _probe;
    private bool _isProbing;
    private PollEnd? _pollEnd;

    /// <summary>The lock that also guards the transport's own queue: taking frames needs both.</summary>
    internal Lock Gate => _gate;

    /// <summary>Starts a session on a websocket.</summary>
    internal void Attach(WebSocketTransport socket) => _socket = socket;

    /// <summary>A websocket wants to take over. False if one did already, or tries to.</summary>
    internal bool TryBeginUpgrade(WebSocketTransport socket)
    {
        lock (_gate)
        {
            if (_socket is not null || _probe is not null || _state != SessionState.Open)
            {
                return false;
            }

            _probe = socket;
            return true;
        }
    }

    /// <summary>The client probed: let its polls end, so that it can pause polling.</summary>
    internal void OnProbe(WebSocketTransport socket)
    {
        lock (_gate)
        {
            if (_probe == socket)
            {
                _isProbing = true;
                EndPollSoonWhileProbing();
            }
        }
    }

    /// <summary>The websocket takes over, with all that waits in the queue. False if it is too late.</summary>
    internal bool TryCompleteUpgrade(WebSocketTransport socket)
    {
        bool mustFlush;
        TaskCompletionSource? resume;
        lock (_gate)
        {
            if (_probe != socket || _state != SessionState.Open)
            {
                return false;
            }

            _probe = null;
            _isProbing = false;
            _socket = socket;
            _poll?.Finish(lastPacket: 0);
            _poll = null;
            mustFlush = _queue.Count > 0 && socket.TryBeginFlush();
            resume = TakeResume();
        }

        resume?.SetResult();
        if (mustFlush)
        {
            socket.ScheduleFlush();
        }

        return true;
    }

    /// <summary>Moves the next frame out, under <see cref="Gate"/>.</summary>
    internal bool TryTakeFrame(WebSocketTransport socket, int roomLeft, out Frame frame)
    {
        if (_socket != socket || _queue.Count == 0 || _queue.Peek().Length > roomLeft)
        {
            frame = default;
            return false;
        }

        frame = _queue.Dequeue();
        return true;
    }

    /// <summary>Whether frames wait for this transport, under <see cref="Gate"/>.</summary>
    internal bool HasFrames(WebSocketTransport socket) => _socket == socket && _queue.Count > 0;

    /// <summary>The transport wrote this many bytes of the session's frames.</summary>
    internal void OnWritten(int bytes)
    {
        TaskCompletionSource? resume;
        lock (_gate)
        {
            AddUnsent(-Math.Min(bytes, _unsentBytes));
            resume = TakeResume();
        }

        resume?.SetResult();
    }

    /// <summary>The websocket ended: with it the session, unless it only tried to upgrade.</summary>
    internal void OnSocketEnded(WebSocketTransport socket, string reason)
    {
        lock (_gate)
        {
            if (_probe == socket)
            {
                _probe = null;
                _isProbing = false;
            }

            if (_socket != socket)
            {
                return;
            }

            _queue.Clear();
            AddUnsent(-_unsentBytes);
        }

        Terminate(reason);
    }

    /// <summary>
    /// Under the gate: a poll that waits during the probe ends with a noop, but only after a moment, so that one that
    /// races the end of the upgrade is refused as one that comes after it.
    /// </summary>
    private void EndPollSoonWhileProbing()
    {
        if (_isProbing && _poll is not null)
        {
            _endpoint.Sweeper.Arm(_pollEnd ??= new PollEnd(this), _endpoint.ProbeNoop);
        }
    }

    private sealed class PollEnd(EngineSession session) : Deadline
    {
        public override void OnDue()
        {
            lock (session._gate)
            {
                if (session._isProbing)
                {
                    session._poll?.Wake();
                }
            }
        }
    }

    private void CloseProbe()
    {
        _probe?.BeginClose(WebSocketStatus.Normal);
        _probe = null;
        _isProbing = false;
    }
}
