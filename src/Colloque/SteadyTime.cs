namespace Colloque;

/// <summary>
/// Whether the wall's clock can be believed: it and the monotonic one must have gone on by the same, to an hour. What cannot be taken back waits while it cannot.
/// </summary>
public sealed class SteadyTime(TimeProvider time)
{
    /// <summary>How far the two may part.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>Sane looks after a jump until the clock is believed again.</summary>
    private const int LooksAfterJump = 2;

    private readonly Lock gate = new();
    private DateTimeOffset wall = time.GetUtcNow();
    private long mark = time.GetTimestamp();
    private int looksLeft;

    /// <summary>True while there was no jump, or none since enough looks.</summary>
    public bool IsSteady
    {
        get
        {
            lock (gate)
            {
                return looksLeft == 0 && !HasJumped();
            }
        }
    }

    /// <summary>Looks, once a sweep: a jump is forgotten after two looks without another. Answers as <see cref="IsSteady"/>.</summary>
    public bool Look()
    {
        lock (gate)
        {
            if (HasJumped())
            {
                (wall, mark, looksLeft) = (time.GetUtcNow(), time.GetTimestamp(), LooksAfterJump);
                return false;
            }

            looksLeft = Math.Max(0, looksLeft - 1);
            return looksLeft == 0;
        }
    }

    private bool HasJumped() => (time.GetUtcNow() - wall - time.GetElapsedTime(mark)).Duration() > Tolerance;
}
