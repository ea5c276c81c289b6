namespace SocketIO.AspNetCore.Engine;

/// <summary>A GET that waits for packets. Used under the session's lock; only the wait is outside.</summary>
internal sealed class PendingPoll
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the poll is to be answered.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Whether the session left this transport.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The only packet of the answer when the session left this transport; 0 to refuse the poll.</summary>
    public byte LastPacket { get; private set; }

    /// <summary>There is something to answer with.</summary>
    public void Wake() => _ready.TrySetResult();

    /// <summary>The session left this transport: answer with one packet of this type, or refuse.</summary>
    public void Finish(byte lastPacket)
    {
        IsFinished = true;
        LastPacket = lastPacket;
        Wake();
    }
}
