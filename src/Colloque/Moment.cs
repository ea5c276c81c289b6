namespace Colloque;

/// <summary>The present as the database keeps it: to the microsecond, so that an ack shows the same instant as a later page.</summary>
internal static class Moment
{
    extension(TimeProvider time)
    {
        /// <summary>UTC now, whole microseconds.</summary>
        internal DateTimeOffset GetMoment()
        {
            var now = time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }
}
