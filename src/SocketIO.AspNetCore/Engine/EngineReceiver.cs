namespace SocketIO.AspNetCore.Engine;

/// <summary>
/// What stands above an Engine.IO session: it gets the messages. Calls come one at a time, in order.
/// </summary>
public abstract class EngineReceiver
{
    /// <summary>
    /// Whether reading from the client should wait. When it turns false again, call <see cref="EngineSession.Resume"/>.
    /// </summary>
    protected internal virtual bool IsBusy => false;

    /// <summary>A message arrived. The bytes are only valid during the call.</summary>
    /// <param name="data">UTF-8 text (already checked), or raw bytes.</param>
    /// <param name="isBinary">Whether <paramref name="data"/> came as binary.</param>
    protected internal abstract void OnMessage(ReadOnlySpan<byte> data, bool isBinary);

    /// <summary>The session ended. Called once.</summary>
    /// <param name="reason">One of <see cref="CloseReason"/>.</param>
    protected internal abstract void OnClosed(string reason);
}
