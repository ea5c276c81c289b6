namespace Colloque.Scheduling;

/// <summary>What a rule says.</summary>
public enum RuleKind
{
    /// <summary>Hours of every week.</summary>
    Recurring,

    /// <summary>No weekly hours on one date, or in a part of it.</summary>
    Closed,

    /// <summary>Hours of one date alone; weekly hours that they overlap give way.</summary>
    Extra,
}

/// <summary>When a practitioner sees people, or does not, on the wall clock of their own time zone.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it says.</param>
/// <param name="DayOfWeek">0 is Sunday; of a recurring rule alone.</param>
/// <param name="OnDate">Of an exception alone.</param>
/// <param name="StartMinute">Minutes of the wall clock after midnight; null for the whole of a closed date.</param>
/// <param name="EndMinute">At most 1,440, which is midnight; null with <paramref name="StartMinute"/>.</param>
/// <param name="SlotMinutes">Length of its slots; null for the one of the settings.</param>
/// <param name="Active">Counts.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record AvailabilityRule(
    Guid Id, RuleKind Kind, int? DayOfWeek, DateOnly? OnDate, int? StartMinute, int? EndMinute, int? SlotMinutes, bool Active, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Minutes of a day on the wall clock.</summary>
    public const int DayMinutes = 1_440;

    /// <summary>Where it begins; midnight for a whole date.</summary>
    public int From => StartMinute ?? 0;

    /// <summary>Where it ends, itself outside.</summary>
    public int Until => EndMinute ?? DayMinutes;

    internal bool Overlaps(AvailabilityRule other) => From < other.Until && other.From < Until;
}
