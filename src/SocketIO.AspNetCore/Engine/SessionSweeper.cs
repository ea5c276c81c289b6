namespace SocketIO.AspNetCore.Engine;

/// <summary>
/// The one timer of an endpoint: heartbeats, handshakes without CONNECT, upgrades never completed, packets never
/// finished. It sleeps until the earliest deadline, so an idle endpoint costs nothing and nothing is late by a tick.
/// </summary>
internal sealed class SessionSweeper : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<DeadlineLine> _lines = [];
    private readonly ITimer _timer;
    private long _wakeAt = long.MaxValue;
    private bool _disposed;

    public SessionSweeper(TimeProvider clock)
    {
        Clock = clock;
        _timer = clock.CreateTimer(static s => ((SessionSweeper)s!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeProvider Clock { get; }

    /// <summary>The present moment, in ticks of the clock.</summary>
    public long Now => Clock.GetTimestamp();

    public DeadlineLine CreateLine(TimeSpan duration)
    {
        var line = new DeadlineLine(duration, ToTicks(duration));
        lock (_gate)
        {
            _lines.Add(line);
        }

        return line;
    }

    /// <summary>Arms <paramref name="deadline"/> to fall due after the line's duration; re-arms it if it waits already.</summary>
    public void Arm(Deadline deadline, DeadlineLine line)
    {
        lock (_gate)
        {
            Unlink(deadline);
            deadline.DueAt = Now + line.Ticks;
            deadline.Line = line;
            deadline.Previous = line.Last;
            if (line.Last is null)
            {
                line.First = deadline;
            }
            else
            {
                line.Last.Next = deadline;
            }

            line.Last = deadline;
            WakeBy(deadline.DueAt);
        }
    }

    public void Disarm(Deadline deadline)
    {
        lock (_gate)
        {
            Unlink(deadline);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    /// <summary>Runs what is due and sleeps until the next deadline.</summary>
    private void Sweep()
    {
        List<Deadline>? due = null;
        lock (_gate)
        {
            var now = Now;
            _wakeAt = long.MaxValue;
            foreach (var line in _lines)
            {
                while (line.First is { } first && first.DueAt <= now)
                {
                    Unlink(first);
                    (due ??= []).Add(first);
                }

                if (line.First is { } next)
                {
                    WakeBy(next.DueAt);
                }
            }
        }

        foreach (var deadline in due ?? [])
        {
            deadline.OnDue();
        }
    }

    private void WakeBy(long moment)
    {
        if (moment >= _wakeAt || _disposed)
        {
            return;
        }

        _wakeAt = moment;
        var wait = Clock.GetElapsedTime(Now, moment);

        // Timers count whole milliseconds: round up, or the sweep would come early and find nothing due.
        var milliseconds = Math.Max(1, Math.Ceiling(wait.TotalMilliseconds));
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    private long ToTicks(TimeSpan duration) => (long)(duration.TotalSeconds * Clock.TimestampFrequency);

    private static void Unlink(Deadline deadline)
    {
        if (deadline.Line is not { } line)
        {
            return;
        }

        if (deadline.Previous is null)
        {
            line.First = deadline.Next;
        }
        else
        {
            deadline.Previous.Next = deadline.Next;
        }

        if (deadline.Next is null)
        {
            line.Last = deadline.Previous;
        }
        else
        {
            deadline.Next.Previous = deadline.Previous;
        }

        deadline.Line = null;
        deadline.Previous = null;
        deadline.Next = null;
    }
}
