namespace Colloque.Scheduling;

/// <summary>Who says yes to a booking.</summary>
public enum ConfirmationMode
{
    /// <summary>Booked is confirmed.</summary>
    Automatic,

    /// <summary>The practitioner confirms each.</summary>
    Manual,
}

/// <summary>How a practitioner works.</summary>
/// <param name="TimeZone">An IANA name; rules are on its wall clock.</param>
/// <param name="SlotMinutes">Length of a slot where its rule says none, 5..480.</param>
/// <param name="BufferMinutes">Kept free between two slots, and before and after each visit, 0..240.</param>
/// <param name="MinimumNoticeMinutes">From the booking to the start, at least; 0..43,200.</param>
/// <param name="MaximumHorizonDays">From the booking to the start, at most; days of 24 hours, 1..365.</param>
/// <param name="CancellationDeadlineMinutes">Before the start, until which a patient may call off; 0..43,200.</param>
/// <param name="Confirmation">Who says yes.</param>
public sealed record PracticeSettings(
    string TimeZone, int SlotMinutes, int BufferMinutes, int MinimumNoticeMinutes, int MaximumHorizonDays, int CancellationDeadlineMinutes, ConfirmationMode Confirmation)
{
    /// <summary>The first start that may be booked at a moment.</summary>
    public DateTimeOffset Earliest(DateTimeOffset now) => now.AddMinutes(MinimumNoticeMinutes);

    /// <summary>The last start that may be booked at a moment.</summary>
    public DateTimeOffset Latest(DateTimeOffset now) => now.AddDays(MaximumHorizonDays);
}
