namespace Colloque.Scheduling;

/// <summary>What the calendar says to a booking, before anyone looks at who was first.</summary>
public enum SlotVerdict
{
    /// <summary>A slot, and not too soon nor too far away. It may still be taken.</summary>
    Bookable,

    /// <summary>No slot starts there, or it has another length.</summary>
    NotASlot,

    /// <summary>Nearer than the minimum notice.</summary>
    TooSoon,

    /// <summary>Beyond the horizon.</summary>
    TooFar,
}

/// <summary>A practitioner's rules and settings, as one of their callers may know them.</summary>
/// <param name="PractitionerId">Whose.</param>
/// <param name="Settings">How they work.</param>
/// <param name="Rules">Active weekly rules, and the active exceptions of the dates that were asked for.</param>
public sealed record PracticeCalendar(Guid PractitionerId, PracticeSettings Settings, IReadOnlyList<AvailabilityRule> Rules)
{
    /// <summary>Their slots.</summary>
    public SlotCalendar Slots { get; } = new(Rules, Settings);

    /// <summary>Whether a visit could be booked at a start; who is busy then is for the booking itself to see.</summary>
    /// <param name="startsAt">The start.</param>
    /// <param name="minutes">The length; null for the slot's own.</param>
    /// <param name="now">The moment of booking.</param>
    public SlotVerdict Judge(DateTimeOffset startsAt, int? minutes, DateTimeOffset now) =>
        !IsSlot(startsAt, minutes) ? SlotVerdict.NotASlot
        : startsAt < Settings.Earliest(now) ? SlotVerdict.TooSoon
        : startsAt > Settings.Latest(now) ? SlotVerdict.TooFar
        : SlotVerdict.Bookable;

    /// <summary>Whether a slot of this length starts there.</summary>
    /// <param name="startsAt">The start.</param>
    /// <param name="minutes">The length; null for the slot's own.</param>
    public bool IsSlot(DateTimeOffset startsAt, int? minutes) => Slots.At(startsAt) is { } slot && (minutes is null || minutes == slot.Minutes);
}
