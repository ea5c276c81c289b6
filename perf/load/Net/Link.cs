using System.Net;
using System.Net.Sockets;

namespace Colloque.Load.Net;

/// <summary>A TCP connection of the loop: what arrives is offered whole, what is left over is kept for the next time, what is written leaves at once or when there is room.</summary>
internal abstract class Link(EventLoop loop) : IDisposable
{
    private Socket? socket;
    private int place;
    private int descriptor;
    private byte[] rest = [];
    private int restCount;
    private byte[] output = [];
    private int outputFrom;
    private int outputTo;
    private bool blocked;

    /// <summary>The loop it lives in.</summary>
    protected EventLoop Loop => loop;

    /// <summary>Whether it is connected.</summary>
    public bool IsOpen => socket is not null;

    /// <summary>Connects, which on one machine takes no time.</summary>
    /// <exception cref="SocketException">Nobody listens.</exception>
    public void Open(EndPoint address)
    {
        var made = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            made.Connect(address);
            made.Blocking = false;
        }
        catch
        {
            made.Dispose();
            throw;
        }

        socket = made;
        descriptor = (int)made.SafeHandle.DangerousGetHandle();
        restCount = outputFrom = outputTo = 0;
        blocked = false;
        place = loop.Add(this, descriptor);
        Opened();
    }

    /// <summary>Closes without a word.</summary>
    public void Close(string reason)
    {
        if (socket is null)
            return;
        loop.Remove(place, descriptor);
        socket.Dispose();
        socket = null;
        Closed(reason);
    }

    public void Dispose()
    {
        Close("done");
        GC.SuppressFinalize(this);
    }

    /// <summary>The loop says that there is something to read, or room to write.</summary>
    internal void Ready(bool writable)
    {
        if (writable)
            Flush();
        while (socket is not null && Read())
        {
        }

        Flush();
    }

    /// <summary>Takes as much as is whole; answers how many bytes that was.</summary>
    protected abstract int Take(ReadOnlySpan<byte> bytes);

    /// <summary>The connection stands.</summary>
    protected abstract void Opened();

    /// <summary>The connection has ended.</summary>
    protected abstract void Closed(string reason);

    /// <summary>Room for so many bytes at the end of what waits to be written.</summary>
    protected Span<byte> Reserve(int count)
    {
        if (outputTo + count > output.Length)
            MakeRoom(count);
        outputTo += count;
        return output.AsSpan(outputTo - count, count);
    }

    /// <summary>Writes what waits.</summary>
    protected void Flush()
    {
        if (socket is null || outputFrom == outputTo)
            return;
        var sent = socket.Send(output.AsSpan(outputFrom, outputTo - outputFrom), SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            Close(error.ToString());
            return;
        }

        outputFrom += error == SocketError.Success ? sent : 0;
        if (outputFrom == outputTo)
            outputFrom = outputTo = 0;
        if (blocked == outputTo > 0)
            return;
        blocked = outputTo > 0;
        loop.Writing(place, descriptor, blocked);
    }

    // True while the kernel may hold more than one buffer took.
    private bool Read()
    {
        var buffer = loop.Incoming;
        rest.AsSpan(0, restCount).CopyTo(buffer);
        var count = socket!.Receive(buffer.AsSpan(restCount), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return false;
        if (error != SocketError.Success || count == 0)
        {
            Close(error == SocketError.Success ? "closed by the server" : error.ToString());
            return false;
        }

        var total = restCount + count;
        var full = total == buffer.Length;
        var taken = Take(buffer.AsSpan(0, total));
        if (socket is null)
            return false;
        if (taken == 0 && full)
        {
            Close("a message larger than the buffer");
            return false;
        }

        restCount = total - taken;
        if (restCount > rest.Length)
            rest = new byte[Math.Max(restCount, 1024)];
        buffer.AsSpan(taken, restCount).CopyTo(rest);
        return full;
    }

    private void MakeRoom(int count)
    {
        var waiting = outputTo - outputFrom;
        var target = waiting + count <= output.Length ? output : new byte[Math.Max(waiting + count, Math.Max(256, output.Length * 2))];
        Array.Copy(output, outputFrom, target, 0, waiting);
        output = target;
        outputFrom = 0;
        outputTo = waiting;
    }
}
