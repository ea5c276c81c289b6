namespace SocketIO.AspNetCore.Engine;

/// <summary>
/// Something that falls due at a moment. It is a link of the line it waits in, so that arming one allocates nothing.
/// </summary>
internal abstract class Deadline
{
    internal DeadlineLine? Line { get; set; }

    internal Deadline? Previous { get; set; }

    internal Deadline? Next { get; set; }

    internal long DueAt { get; set; }

    /// <summary>Runs on the sweeper's thread, outside its lock; must not block.</summary>
    public abstract void OnDue();
}

/// <summary>
/// All deadlines of one duration. As the duration is fixed, the line is sorted by arrival: arming, disarming and
/// finding the next one due are constant-time whatever the number of sessions.
/// </summary>
internal sealed class DeadlineLine(TimeSpan duration, long ticks)
{
    public TimeSpan Duration { get; } = duration;

    /// <summary>The duration in ticks of the clock.</summary>
    public long Ticks { get; } = ticks;

    internal Deadline? First { get; set; }

    internal Deadline? Last { get; set; }
}
