namespace Colloque.Scheduling;

/// <summary>A time at which a visit may be: an instant and a length, whatever clocks do.</summary>
/// <param name="StartsAt">UTC.</param>
/// <param name="Minutes">Of elapsed time.</param>
public readonly record struct Slot(DateTimeOffset StartsAt, int Minutes)
{
    /// <summary>UTC; itself outside.</summary>
    public DateTimeOffset EndsAt => StartsAt.AddMinutes(Minutes);
}

/// <summary>A time at which a practitioner has something else to do.</summary>
/// <param name="StartsAt">UTC.</param>
/// <param name="EndsAt">UTC; itself outside.</param>
public sealed record BusyTime(DateTimeOffset StartsAt, DateTimeOffset EndsAt);
