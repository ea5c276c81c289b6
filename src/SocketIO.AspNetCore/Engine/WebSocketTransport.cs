using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace SocketIO.AspNetCore.Engine;

/// <summary>
/// A websocket that carries a session, or tries to take it over. Own framing (RFC 6455) straight on the connection's
/// stream: what is queued leaves in one write, and a quiet connection owns no buffer, no task of its own and no timer.
/// This part writes; the members that say so are called under the session's gate.
/// </summary>
internal sealed partial class WebSocketTransport(EngineSession session, Stream stream, HttpContext context, bool isUpgrade)
    : Deadline, IThreadPoolWorkItem
{
    // What one write gathers at most: more would only wait in the kernel.
    private const int BatchSize = 64 * 1024;

    private bool _isFlushing;
    private bool _hasEnded;
    private bool _closeWritten;
    private ushort _closeStatus;
    private Frame? _pong;
    private Frame? _probePong;
    private TaskCompletionSource? _flushed;

    /// <summary>Under the gate: true if the caller must now call <see cref="ScheduleFlush"/>.</summary>
    public bool TryBeginFlush()
    {
        if (_isFlushing)
        {
            return false;
        }

        return _isFlushing = true;
    }

    /// <summary>
    /// Writes after the present work item: all that it still queues for this connection travels in the same write.
    /// </summary>
    public void ScheduleFlush() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    void IThreadPoolWorkItem.Execute() => _ = FlushAsync();

    /// <summary>Under the gate: sends a close frame behind what is queued; the connection is cut if the peer is slow to answer.</summary>
    public void BeginClose(ushort status)
    {
        if (_closeStatus != 0 || _hasEnded)
        {
            return;
        }

        _closeStatus = status;
        session.Endpoint.Sweeper.Arm(this, session.Endpoint.CloseTimeout);
        Flush();
    }

    /// <summary>Cuts the connection.</summary>
    public void Abort()
    {
        lock (session.Gate)
        {
            if (!_hasEnded)
            {
                context.Abort();
            }
        }
    }

    /// <summary>An upgrade was not completed, or a close not answered, in time.</summary>
    public override void OnDue()
    {
        lock (session.Gate)
        {
            if (_closeStatus == 0)
            {
                BeginClose(WebSocketStatus.Normal);
                return;
            }
        }

        Abort();
    }

    private void Flush()
    {
        if (TryBeginFlush())
        {
            ScheduleFlush();
        }
    }

    private async Task FlushAsync()
    {
        byte[]? buffer = null;
        try
        {
            while (TryTakeBatch(ref buffer, out var batch, out var sessionBytes))
            {
                await stream.WriteAsync(batch);
                if (sessionBytes > 0)
                {
                    session.OnWritten(sessionBytes);
                }
            }
        }
        catch (Exception exception)
        {
            // The connection is gone, or going: the reading side ends the session.
            Log.WriteFailed(session.Endpoint.Logger, exception.GetType().Name);
            EndFlush();
            Abort();
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private bool TryTakeBatch(ref byte[]? buffer, out ReadOnlyMemory<byte> batch, out int sessionBytes)
    {
        sessionBytes = 0;
        batch = default;
        lock (session.Gate)
        {
            if (!TryTake(int.MaxValue, ref sessionBytes, out var first))
            {
                EndFlush();
                return false;
            }

            if (!TryTake(BatchSize - first.Length, ref sessionBytes, out var next))
            {
                batch = first.Framed;
                return true;
            }

            buffer ??= ArrayPool<byte>.Shared.Rent(BatchSize);
            first.Framed.CopyTo(buffer);
            var length = first.Length;
            do
            {
                next.Framed.CopyTo(buffer.AsMemory(length));
                length += next.Length;
            }
            while (TryTake(BatchSize - length, ref sessionBytes, out next));

            batch = buffer.AsMemory(0, length);
            return true;
        }
    }

    private bool TryTake(int roomLeft, ref int sessionBytes, out Frame frame)
    {
        frame = default;
        if (_closeWritten || roomLeft < 128)
        {
            return false;
        }

        if (_pong is { } pong)
        {
            _pong = null;
            frame = pong;
            return true;
        }

        if (_probePong is { } probePong)
        {
            _probePong = null;
            frame = probePong;
            return true;
        }

        if (session.TryTakeFrame(this, roomLeft, out frame))
        {
            sessionBytes += frame.Length;
            return true;
        }

        if (_closeStatus == 0 || session.HasFrames(this))
        {
            return false;
        }

        _closeWritten = true;
        frame = Frame.Control(WebSocketOpcode.Close, [(byte)(_closeStatus >> 8), (byte)_closeStatus]);
        return true;
    }

    private void EndFlush()
    {
        lock (session.Gate)
        {
            _isFlushing = false;
            _flushed?.TrySetResult();
        }
    }

    /// <summary>Waits until nothing is being written: the stream dies with the request.</summary>
    private Task WhenFlushedAsync()
    {
        lock (session.Gate)
        {
            if (!_isFlushing)
            {
                return Task.CompletedTask;
            }

            _flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _flushed.Task;
        }
    }
}
