namespace SocketIO.AspNetCore.Engine;

public sealed partial class EngineSession
{
    /// <summary>Whether the client missed its pong by now, be the sweeper late or not. Asked when a request comes in.</summary>
    internal bool HasExpired => _heartbeat.HasExpired;

    /// <summary>
    /// Pings the client one interval after its last pong and ends the session when no pong comes back in time.
    /// All is called under the session's lock but <see cref="OnDue"/>.
    /// </summary>
    private sealed class Heartbeat(EngineSession session) : Deadline
    {
        private long _expiresAt;
        private bool _awaitsPong;
        private bool _extended;

        /// <summary>A hint, read without the lock.</summary>
        public bool AwaitsPong => _awaitsPong;

        public bool HasExpired => session._endpoint.Sweeper.Now >= Volatile.Read(ref _expiresAt);

        public void Start()
        {
            var endpoint = session._endpoint;
            _awaitsPong = false;
            _extended = false;
            Volatile.Write(ref _expiresAt, endpoint.Sweeper.Now + endpoint.PingInterval.Ticks + endpoint.PingTimeout.Ticks);
            endpoint.Sweeper.Arm(this, endpoint.PingInterval);
        }

        public void OnPong()
        {
            // A pong nobody asked for must not push the next ping away.
            if (_awaitsPong)
            {
                Start();
            }
        }

        /// <summary>A pong may be stuck behind a long message: the first packet after a ping gives the client its time again.</summary>
        public void OnPacket()
        {
            if (!_awaitsPong || _extended)
            {
                return;
            }

            var endpoint = session._endpoint;
            _extended = true;
            Volatile.Write(ref _expiresAt, endpoint.Sweeper.Now + endpoint.PingTimeout.Ticks);
            endpoint.Sweeper.Arm(this, endpoint.PingTimeout);
        }

        /// <summary>The client has this long to fetch the last packets.</summary>
        public void StartClosing()
        {
            var endpoint = session._endpoint;
            Volatile.Write(ref _expiresAt, endpoint.Sweeper.Now + endpoint.CloseTimeout.Ticks);
            endpoint.Sweeper.Arm(this, endpoint.CloseTimeout);
        }

        public void Stop() => session._endpoint.Sweeper.Disarm(this);

        /// <summary>
        /// The client's time runs from when the ping was due, to the tick. But a ping that a busy machine sends late
        /// must not be answered for by the client.
        /// </summary>
        private void ForgiveLateness()
        {
            var late = session._endpoint.Sweeper.Now - DueAt;
            if (late > session._endpoint.MaxLateness)
            {
                Volatile.Write(ref _expiresAt, _expiresAt + late);
            }
        }

        public override void OnDue()
        {
            var isPingDue = false;
            lock (session._gate)
            {
                if (session._state == SessionState.Open && !_awaitsPong)
                {
                    _awaitsPong = true;
                    isPingDue = true;
                    ForgiveLateness();
                    session._endpoint.Sweeper.Arm(this, session._endpoint.PingTimeout);
                }
                else if (!HasExpired)
                {
                    return; // a pong won the race: it armed the next ping
                }
            }

            if (isPingDue)
            {
                session.Send(EnginePacketCodec.Ping, []);
            }
            else
            {
                session.Terminate(CloseReason.PingTimeout);
            }
        }
    }
}
