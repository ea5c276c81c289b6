namespace Colloque.Consultations;

/// <summary>What a look at the clocks says.</summary>
public enum ClockState
{
    /// <summary>As much time has passed on the wall as has passed.</summary>
    Sane,

    /// <summary>The wall clock has just jumped.</summary>
    Jumped,

    /// <summary>It has jumped, and has not been seen right twice in a row since.</summary>
    Suspect,
}

/// <summary>
/// Compares the wall clock with the monotonic one, which nobody can set. What ends things by the time of day stops when the two disagree by more than an hour:
/// a wrong date must not close a day's visits. It goes on when the wall clock has been right again twice in a row, or with the process's next start.
/// </summary>
public sealed class ClockWatch(TimeProvider time)
{
    /// <summary>How far the clocks may part.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    private DateTimeOffset wall = time.GetUtcNow();
    private long monotonic = time.GetTimestamp();
    private int saneNeeded;

    /// <summary>One look. Not to be called from two threads at once.</summary>
    public ClockState Look()
    {
        var now = time.GetUtcNow();
        var stamp = time.GetTimestamp();
        var expected = wall + time.GetElapsedTime(monotonic, stamp);
        if ((now - expected).Duration() > Tolerance)
        {
            var first = saneNeeded != 2;
            saneNeeded = 2;
            return first ? ClockState.Jumped : ClockState.Suspect;
        }

        // Small corrections of the wall clock are taken over; a jump is not, so that only its return ends the suspicion.
        (wall, monotonic) = (now, stamp);
        if (saneNeeded > 0)
        {
            saneNeeded--;
        }

        return saneNeeded == 0 ? ClockState.Sane : ClockState.Suspect;
    }
}
