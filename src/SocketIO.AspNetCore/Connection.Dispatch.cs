namespace SocketIO.AspNetCore;

/// <summary>
/// How events reach their handlers: started in order, not waited for, bounded in number. The bound stops the reading, so
/// a client that sends faster than its handlers run is slowed by its own network buffer.
/// </summary>
internal sealed partial class Connection
{
    private void Dispatch(Socket socket, in IncomingEvent incoming)
    {
        if (socket.Phase != SocketPhase.Ready && TryDefer(socket, incoming))
        {
            return;
        }

        if (!socket.IsClosed && socket.Namespace.FindHandler(incoming.Name) is { } handler)
        {
            Invoke(socket, handler, incoming);
        }
    }

    /// <summary>Keeps an event until the connect handlers are done; it counts as one in flight.</summary>
    private bool TryDefer(Socket socket, in IncomingEvent incoming)
    {
        lock (_gate)
        {
            if (socket.Phase == SocketPhase.Ready)
            {
                return false;
            }

            Interlocked.Increment(ref _inFlight);
            (socket.Deferred ??= new Queue<DeferredEvent>()).Enqueue(
                new DeferredEvent(incoming.Name.ToArray(), incoming.ToArguments(), incoming.AckId));
            return true;
        }
    }

    private void DispatchDeferred(Socket socket)
    {
        while (true)
        {
            DeferredEvent? next = null;
            string? closeReason = null;
            lock (_gate)
            {
                if (socket.Deferred?.TryDequeue(out next) != true)
                {
                    socket.Deferred = null;
                    socket.Phase = SocketPhase.Ready;
                    closeReason = socket.CloseReason;
                }
            }

            if (next is null)
            {
                // It was closed while its connect handlers ran: they are done now, so those of its leaving may run.
                if (closeReason is not null)
                {
                    _ = socket.Namespace.RunOnDisconnectAsync(socket, closeReason).AsTask();
                }

                return;
            }

            if (!socket.IsClosed && socket.Namespace.FindHandler(next.Name) is { } handler)
            {
                Invoke(socket, handler, new IncomingEvent { Name = next.Name, AckId = next.AckId, Complete = next.Arguments });
            }

            EndOne();
        }
    }

    private void Invoke(Socket socket, EventHandler handler, in IncomingEvent incoming)
    {
        ValueTask running;
        try
        {
            running = handler.InvokeAsync(socket, incoming);
        }
        catch (Exception exception)
        {
            socket.Namespace.LogFailure(socket, handler.Name, exception);
            return;
        }

        if (running.IsCompletedSuccessfully)
        {
            running.GetAwaiter().GetResult();
            return;
        }

        Interlocked.Increment(ref _inFlight);
        _ = FollowAsync(running, socket, handler.Name);
    }

    private async Task FollowAsync(ValueTask running, Socket socket, string name)
    {
        try
        {
            await running;
        }
        catch (Exception exception)
        {
            socket.Namespace.LogFailure(socket, name, exception);
        }
        finally
        {
            EndOne();
        }
    }

    /// <summary>A handler that waits for its client's ack is no reason to stop reading: the ack would never come.</summary>
    public void BeginWaitForClient() => EndOne();

    public void EndWaitForClient() => Interlocked.Increment(ref _inFlight);

    private void EndOne()
    {
        Interlocked.Decrement(ref _inFlight);
        Session.Resume();
    }
}

/// <summary>An event that came before the connect handlers were done.</summary>
internal sealed record DeferredEvent(byte[] Name, Protocol.EventArguments Arguments, long AckId);

/// <summary>How far a socket has come.</summary>
internal enum SocketPhase : byte
{
    /// <summary>Its middlewares run.</summary>
    Joining,

    /// <summary>It was answered; its connect handlers run.</summary>
    Joined,

    /// <summary>Its events are dispatched.</summary>
    Ready,
}
