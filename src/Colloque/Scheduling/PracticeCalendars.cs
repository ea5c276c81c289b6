using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Scheduling;

/// <summary>Loads calendars of practitioners: one's own, and those of whom the caller finds in the directory.</summary>
public sealed class PracticeCalendars(ColloqueDb db)
{
    /// <summary>A calendar with all that matters to one start. One query.</summary>
    /// <param name="practitionerId">Whose.</param>
    /// <param name="startsAt">The start.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">404: nobody, or nobody in the caller's directory.</exception>
    public Task<PracticeCalendar> AtAsync(Guid practitionerId, DateTimeOffset startsAt, CancellationToken cancellationToken) =>
        BetweenAsync(practitionerId, startsAt, startsAt, cancellationToken);

    /// <summary>A calendar with all that matters to starts in a range. One query.</summary>
    /// <param name="practitionerId">Whose.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="until">The last instant.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">404: nobody, or nobody in the caller's directory.</exception>
    public async Task<PracticeCalendar> BetweenAsync(Guid practitionerId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // No zone is further from UTC than a day.
        var (first, last) = (DateOf(from, -1), DateOf(until, 1));
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select time_zone "TimeZone", slot_minutes "SlotMinutes", buffer_minutes "BufferMinutes", minimum_notice_minutes "MinimumNoticeMinutes",
              maximum_horizon_days "MaximumHorizonDays", cancellation_deadline_minutes "CancellationDeadlineMinutes", confirmation "Confirmation",
              rule_id "RuleId", kind "Kind", day_of_week "DayOfWeek", on_date "OnDate", start_minute "StartMinute", end_minute "EndMinute", rule_slot_minutes "RuleSlotMinutes"
            from practice_calendar({practitionerId}, {first}, {last})
            """).ToListAsync(cancellationToken);
        return rows.Count == 0
            ? throw Refusal.NotFound()
            : new(practitionerId, rows[0].ToSettings(), [.. rows.Where(static r => r.RuleId is not null).Select(static r => r.ToRule())]);
    }

    /// <summary>What a practitioner has to do in a range, beside: visits, and what is held. One query.</summary>
    /// <param name="practitionerId">Whose.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="until">The end; itself outside.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<List<BusyTime>> BusyAsync(Guid practitionerId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<BusyTime>($"""select starts_at "StartsAt", ends_at "EndsAt" from practitioner_busy({practitionerId}, {from}, {until})""").ToListAsync(cancellationToken);

    private static DateOnly DateOf(DateTimeOffset at, int days) => SlotCalendar.Reaches(at) ? DateOnly.FromDateTime(at.UtcDateTime.AddDays(days)) : default;

    private sealed record Row(
        string TimeZone, int SlotMinutes, int BufferMinutes, int MinimumNoticeMinutes, int MaximumHorizonDays, int CancellationDeadlineMinutes, string Confirmation,
        Guid? RuleId, string? Kind, int? DayOfWeek, DateOnly? OnDate, int? StartMinute, int? EndMinute, int? RuleSlotMinutes)
    {
        internal PracticeSettings ToSettings() => new(
            TimeZone, SlotMinutes, BufferMinutes, MinimumNoticeMinutes, MaximumHorizonDays, CancellationDeadlineMinutes, Enum.Parse<ConfirmationMode>(Confirmation));

        internal AvailabilityRule ToRule() => new(
            RuleId!.Value, Enum.Parse<RuleKind>(Kind!), DayOfWeek, OnDate, StartMinute, EndMinute, RuleSlotMinutes, Active: true, DateTimeOffset.MinValue, DateTimeOffset.MinValue);
    }
}
