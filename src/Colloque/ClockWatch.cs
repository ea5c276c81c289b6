using Microsoft.Extensions.Logging;

namespace Colloque;

/// <summary>
/// Whether the wall's clock can be believed: it must have gone on by as much as the monotonic one, which nobody can set. What ends, purges or freezes by the time of
/// day asks first, and waits while the two are more than an hour apart: a wrong date must not close a day's visits. A wrong clock is never believed for having been
/// wrong long enough: it has to be right again, at two looks and for ten seconds, or the process has to be started anew. One for all that asks.
/// </summary>
public sealed partial class ClockWatch(TimeProvider time, ILogger<ClockWatch> logger)
{
    /// <summary>How far the two may part.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>After a jump, how long the wall's clock has to have been right.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private DateTimeOffset wall = time.GetUtcNow();
    private long mark = time.GetTimestamp();
    private bool isSuspect;
    private long? rightSince;

    /// <summary>One look; true: the time of day can be acted upon.</summary>
    public bool Look()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var stamp = time.GetTimestamp();
            if ((now - wall - time.GetElapsedTime(mark, stamp)).Duration() > Tolerance)
            {
                Suspect(now);
                return false;
            }

            // Small corrections of the wall's clock are taken over; a jump is not, so that only its return ends the suspicion.
            (wall, mark) = (now, stamp);
            if (isSuspect)
            {
                Settle(now, stamp);
            }

            return !isSuspect;
        }
    }

    private void Suspect(DateTimeOffset now)
    {
        rightSince = null;
        if (!isSuspect)
        {
            isSuspect = true;
            LogJumped(logger, now);
        }
    }

    private void Settle(DateTimeOffset now, long stamp)
    {
        rightSince ??= stamp;
        if (time.GetElapsedTime(rightSince.Value, stamp) >= Settling)
        {
            (isSuspect, rightSince) = (false, null);
            LogRight(logger, now);
        }
    }

    [LoggerMessage(60, LogLevel.Error, "The clock jumped by more than an hour; it now says {Now}. Nothing is ended, purged, frozen or reminded of by time until it is right again, or the server is restarted")]
    private static partial void LogJumped(ILogger logger, DateTimeOffset now);

    [LoggerMessage(61, LogLevel.Information, "The clock is right again; it says {Now}")]
    private static partial void LogRight(ILogger logger, DateTimeOffset now);
}
