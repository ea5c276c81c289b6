namespace SocketIO.AspNetCore.Engine;

/// <summary>
/// One Engine.IO session: a client, whatever transport carries it. It outlives the requests that borrow it.
/// Thread-safe. What is sent waits in one bounded queue until a transport takes all of it at once.
/// </summary>
public sealed partial class EngineSession
{
    private readonly Lock _gate = new();
    private readonly EngineEndpoint _endpoint;
    private readonly Heartbeat _heartbeat;
    private EngineReceiver? _receiver;
    private FrameQueue _queue;
    private int _unsentBytes; // queued, or handed to the transport and not yet written
    private SessionState _state;
    private bool _overflowed;
    private TaskCompletionSource? _resume;

    internal EngineSession(string id, EngineEndpoint endpoint, Handshake handshake)
    {
        Id = id;
        _endpoint = endpoint;
        Handshake = handshake;
        _heartbeat = new Heartbeat(this);
    }

    private enum SessionState : byte
    {
        Open,

        // Closed for the application; a polling client has yet to fetch the last packets.
        Closing,
        Closed,
    }

    /// <summary>The session's id: 144 random bits. Knowing it is enough to speak for the client: keep it out of logs.</summary>
    public string Id { get; }

    /// <summary>What the client said when it connected.</summary>
    public Handshake Handshake { get; }

    /// <summary><c>websocket</c> or <c>polling</c>.</summary>
    public string Transport => _socket is null ? "polling" : "websocket";

    /// <summary>Whether messages can still be sent.</summary>
    public bool IsOpen => _state == SessionState.Open;

    internal EngineEndpoint Endpoint => _endpoint;

    /// <summary>Sends one message.</summary>
    /// <param name="data">UTF-8 text, or raw bytes.</param>
    /// <param name="isBinary">Whether <paramref name="data"/> goes as binary.</param>
    /// <returns>False if the session is closed, or has just been for not reading.</returns>
    public bool Send(ReadOnlySpan<byte> data, bool isBinary) =>
        Send(isBinary ? Frame.Binary(data) : Frame.Message(data), []);

    /// <summary>Closes the session: what was sent before still arrives, then the transport ends.</summary>
    public void Close() => Close(CloseReason.ForcedClose);

    /// <summary>Lets reading go on after <see cref="EngineReceiver.IsBusy"/> turned false.</summary>
    public void Resume()
    {
        if (Volatile.Read(ref _resume) is null)
        {
            return;
        }

        TaskCompletionSource? resume;
        lock (_gate)
        {
            resume = TakeResume();
        }

        resume?.SetResult();
    }

    /// <summary>Queues a packet of one or more frames; they stay together.</summary>
    internal bool Send(Frame first, ReadOnlySpan<Frame> rest)
    {
        WebSocketTransport? flush;
        lock (_gate)
        {
            if (_state != SessionState.Open)
            {
                return false;
            }

            var length = first.Length;
            foreach (var frame in rest)
            {
                length += frame.Length;
            }

            if (IsOverBounds(length, 1 + rest.Length))
            {
                CloseSlowReader();
                return false;
            }

            AddUnsent(length);
            _queue.Enqueue(first);
            foreach (var frame in rest)
            {
                _queue.Enqueue(frame);
            }

            _poll?.Wake();
            flush = _socket is { } socket && socket.TryBeginFlush() ? socket : null;
        }

        flush?.ScheduleFlush();
        return true;
    }

    /// <summary>Whether the client keeps up: a volatile packet is dropped otherwise.</summary>
    internal bool IsWritable => _state == SessionState.Open && _unsentBytes < _endpoint.Options.PauseReadingAboveBytes;

    internal void Start(EngineReceiver receiver)
    {
        _receiver = receiver;
        lock (_gate)
        {
            if (_state == SessionState.Open)
            {
                _heartbeat.Start();
            }
        }
    }

    internal void Close(string reason)
    {
        TaskCompletionSource? resume;
        lock (_gate)
        {
            if (_state != SessionState.Open)
            {
                return;
            }

            resume = EnterClosing();
        }

        resume?.SetResult();
        NotifyClosed(reason);
    }

    /// <summary>Ends the session at once; what waits to be sent is dropped.</summary>
    /// <param name="reason">One of <see cref="CloseReason"/>.</param>
    /// <param name="lastPacket">What a waiting poll is answered with.</param>
    /// <param name="status">The status of the WebSocket close frame.</param>
    internal void Terminate(string reason, byte lastPacket = (byte)'1', ushort status = WebSocketStatus.Normal)
    {
        TaskCompletionSource? resume;
        bool wasOpen;
        lock (_gate)
        {
            if (_state == SessionState.Closed)
            {
                return;
            }

            wasOpen = _state == SessionState.Open;
            EnterClosed(lastPacket);
            _queue.Clear();
            AddUnsent(-_unsentBytes);
            _socket?.BeginClose(status);
            resume = TakeResume();
        }

        resume?.SetResult();
        if (wasOpen)
        {
            NotifyClosed(reason);
        }
    }

    /// <summary>Completes when the next message may be read: the client reads its replies and its handlers keep up.</summary>
    internal ValueTask WhenReadableAsync() => MustPause() ? new ValueTask(WaitUntilReadableAsync()) : default;

    private async Task WaitUntilReadableAsync()
    {
        while (true)
        {
            Task wait;
            lock (_gate)
            {
                _resume ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

                // Pairs with the one in Resume's callers: either they see _resume, or this sees that they are done.
                Interlocked.MemoryBarrier();
                if (!MustPause())
                {
                    _resume = null;
                    return;
                }

                wait = _resume.Task;
            }

            await wait;
        }
    }

    private bool MustPause()
    {
        if (_state != SessionState.Open)
        {
            return false;
        }

        var options = _endpoint.Options;
        var isBehind = _socket is null
            ? _unsentBytes > options.MaxOutboundBytes / 2 || _queue.Count > options.MaxOutboundPackets / 2
            : _unsentBytes > options.PauseReadingAboveBytes;
        return isBehind || _receiver!.IsBusy;
    }

    private bool IsOverBounds(int bytes, int packets) =>
        (_unsentBytes > 0 && (long)_unsentBytes + bytes > _endpoint.Options.MaxOutboundBytes)
        || _queue.Count + packets > _endpoint.Options.MaxOutboundPackets
        || (_unsentBytes > _endpoint.Options.PauseReadingAboveBytes && _endpoint.UnsentBytes > _endpoint.Options.MaxTotalOutboundBytes);

    private void AddUnsent(int bytes)
    {
        _unsentBytes += bytes;
        _endpoint.AddUnsent(bytes);
    }

    private void CloseSlowReader()
    {
        if (_overflowed)
        {
            return;
        }

        // Not on this thread: a broadcast may hold locks that the application's close handler wants.
        _overflowed = true;
        ThreadPool.UnsafeQueueUserWorkItem(
            static session =>
            {
                session.Terminate(CloseReason.SlowReader);
                session._socket?.Abort();
            },
            this,
            preferLocal: false);
    }

    private TaskCompletionSource? EnterClosing()
    {
        if (_socket is not null)
        {
            EnterClosed((byte)'1');
            _socket.BeginClose(WebSocketStatus.Normal);
        }
        else if (_poll is not null)
        {
            _state = SessionState.Closing;
            _poll.Wake();
        }
        else
        {
            _state = SessionState.Closing;
            _heartbeat.StartClosing();
        }

        CloseProbe();
        return TakeResume();
    }

    private void EnterClosed(byte lastPacket)
    {
        _state = SessionState.Closed;
        _heartbeat.Stop();
        _endpoint.Sessions.Remove(Id);
        _poll?.Finish(lastPacket);
        _poll = null;
        CloseProbe();
    }

    private TaskCompletionSource? TakeResume()
    {
        if (_resume is not { } resume || MustPause())
        {
            return null;
        }

        _resume = null;
        return resume;
    }

    private void NotifyClosed(string reason)
    {
        Log.SessionClosed(_endpoint.Logger, reason);
        _receiver?.OnClosed(reason);
    }
}
