using SocketIO.AspNetCore.Engine;

namespace SocketIO.TestHost;

/// <summary>Sends each message back as it came.</summary>
internal sealed class Echo(EngineSession session) : EngineReceiver
{
    protected override void OnMessage(ReadOnlySpan<byte> data, bool isBinary) => session.Send(data, isBinary);

    protected override void OnClosed(string reason)
    {
    }
}
