namespace Colloque.WaitingRoom;

/// <summary>How long visits really take.</summary>
public static class VisitPace
{
    /// <summary>The plan weighs as much as so many visits: one long visit in the morning does not stretch the whole day.</summary>
    private const double PlanWeighs = 4;

    /// <summary>A visit beyond this is one of those that nobody could foresee, or that somebody forgot to close; it counts as this many times the plan.</summary>
    private const double Most = 3;

    /// <summary>Of an expected length, what is always still to come while a visit goes on: who is over time does not end at this very moment.</summary>
    private const double Rest = 0.15;

    /// <summary>Real time for one planned minute, from the last visits; a minute where there are none.</summary>
    public static TimeSpan Of(IReadOnlyList<PastVisit> past)
    {
        var ratios = past.Where(static v => v.PlannedMinutes > 0 && v.Actual > TimeSpan.Zero).Select(static v => Math.Min(v.Actual.TotalMinutes / v.PlannedMinutes, Most)).ToArray();
        return TimeSpan.FromMinutes((ratios.Sum() + PlanWeighs) / (ratios.Length + PlanWeighs));
    }

    /// <summary>What is left of a visit.</summary>
    /// <param name="expected">Its expected length.</param>
    /// <param name="elapsed">Since its start.</param>
    /// <returns>Zero for a visit that must have been forgotten: it keeps nobody waiting.</returns>
    public static TimeSpan Remaining(TimeSpan expected, TimeSpan elapsed)
    {
        if (elapsed > (expected * Most) + TimeSpan.FromHours(1))
        {
            return TimeSpan.Zero;
        }

        var least = expected * Rest;
        return expected - elapsed > least ? expected - elapsed : least;
    }
}
