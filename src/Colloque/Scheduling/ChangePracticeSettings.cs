using Colloque.People;

namespace Colloque.Scheduling;

/// <summary>What a practitioner changes of how they work; what is null stays. Limits as in <see cref="PracticeSettings"/>.</summary>
public sealed record SettingsChange(
    string? TimeZone, int? SlotMinutes, int? BufferMinutes, int? MinimumNoticeMinutes, int? MaximumHorizonDays, int? CancellationDeadlineMinutes, ConfirmationMode? Confirmation)
{
    private const int MaxMinutes = 43_200;

    /// <exception cref="Refusal">422, naming the member.</exception>
    internal PracticeSettings ApplyTo(PracticeSettings was) => new(
        TimeZone is null ? was.TimeZone : Zones.Knows(TimeZone) ? TimeZone : throw PractitionerRefusals.TimeZone(),
        Within(SlotMinutes, was.SlotMinutes, 5, 480, "slotDuration"),
        Within(BufferMinutes, was.BufferMinutes, 0, 240, "bufferMinutes"),
        Within(MinimumNoticeMinutes, was.MinimumNoticeMinutes, 0, MaxMinutes, "minimumNoticeMinutes"),
        Within(MaximumHorizonDays, was.MaximumHorizonDays, 1, 365, "maximumHorizonDays"),
        Within(CancellationDeadlineMinutes, was.CancellationDeadlineMinutes, 0, MaxMinutes, "cancellationDeadlineMinutes"),
        Confirmation ?? was.Confirmation);

    private static int Within(int? wanted, int was, int least, int most, string field) =>
        wanted is null ? was : wanted >= least && wanted <= most ? wanted.Value : throw Refusal.Invalid(field);
}

/// <summary>Changes how a practitioner works. Rules keep their wall times in another zone; visits that are booked keep their instants.</summary>
public sealed class ChangePracticeSettings(ListAvailability list, PracticeRows rows, PractitionerRows practitioners, NextTimes next, TimeProvider time)
{
    /// <summary>At most eight statements.</summary>
    /// <exception cref="Refusal">403 others than practitioners; 422, naming the member.</exception>
    public async Task<PracticeSettings> RunAsync(SettingsChange change, CancellationToken cancellationToken)
    {
        await rows.LockAsync(cancellationToken);
        var (was, _) = await list.RunAsync(cancellationToken);
        var settings = change.ApplyTo(was);
        var now = time.GetMoment();
        await rows.SaveAsync(settings, now, cancellationToken);
        if (settings.TimeZone != was.TimeZone)
        {
            await practitioners.SaveAsync(PractitionerChange.OfZone(settings.TimeZone), now, cancellationToken);
        }

        await next.RefreshAsync(cancellationToken);
        return settings;
    }
}
