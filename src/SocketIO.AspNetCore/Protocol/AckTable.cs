using System.Diagnostics.CodeAnalysis;

namespace SocketIO.AspNetCore.Protocol;

/// <summary>The acks that a socket still owes us, bounded. Thread-safe.</summary>
internal sealed class AckTable(int capacity)
{
    private readonly Dictionary<long, TaskCompletionSource<EventArguments>> _pending = [];
    private long _nextId;
    private bool _isClosed;

    /// <summary>Opens an entry. False if too many are open, or the socket is closed.</summary>
    public bool TryOpen(out long id, [NotNullWhen(true)] out Task<EventArguments>? ack)
    {
        lock (_pending)
        {
            id = _nextId;
            ack = null;
            if (_isClosed || _pending.Count >= capacity)
            {
                return false;
            }

            _nextId++;
            var source = new TaskCompletionSource<EventArguments>(TaskCreationOptions.RunContinuationsAsynchronously);
            _pending.Add(id, source);
            ack = source.Task;
            return true;
        }
    }

    /// <summary>Nobody waits for this ack any more.</summary>
    public void Abandon(long id) => Take(id)?.TrySetCanceled();

    /// <summary>No ack will come any more.</summary>
    public void Close(Func<Exception> reason)
    {
        TaskCompletionSource<EventArguments>[] all;
        lock (_pending)
        {
            _isClosed = true;
            all = [.. _pending.Values];
            _pending.Clear();
        }

        foreach (var source in all)
        {
            source.TrySetException(reason());
        }
    }

    /// <summary>Who waits for this ack. Late, repeated and invented ones find nobody and do no harm.</summary>
    public TaskCompletionSource<EventArguments>? Take(long id)
    {
        lock (_pending)
        {
            return _pending.Remove(id, out var source) ? source : null;
        }
    }
}
