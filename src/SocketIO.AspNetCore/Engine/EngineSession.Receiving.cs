namespace SocketIO.AspNetCore.Engine;

public sealed partial class EngineSession
{
    /// <summary>Takes one text packet. False: it is none, and the session must end.</summary>
    internal bool Receive(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
        {
            return false;
        }

        switch (packet[0])
        {
            case (byte)'4':
                Deliver(packet[1..], isBinary: false);
                return true;
            case (byte)'3' when packet.Length == 1:
                lock (_gate)
                {
                    if (_state == SessionState.Open)
                    {
                        _heartbeat.OnPong();
                    }
                }

                return true;
            case (byte)'1' when packet.Length == 1:
                Terminate(CloseReason.TransportClose, lastPacket: (byte)'6');
                return true;
            case (byte)'6' when packet.Length == 1:
                return true;
            default:
                // Also a ping: in version 4 only the server pings.
                return false;
        }
    }

    /// <summary>Takes one binary message.</summary>
    internal void ReceiveBinary(ReadOnlySpan<byte> data) => Deliver(data, isBinary: true);

    private void Deliver(ReadOnlySpan<byte> data, bool isBinary)
    {
        if (_state != SessionState.Open)
        {
            return;
        }

        if (_heartbeat.AwaitsPong)
        {
            lock (_gate)
            {
                if (_state == SessionState.Open)
                {
                    _heartbeat.OnPacket();
                }
            }
        }

        _receiver!.OnMessage(data, isBinary);
    }
}
