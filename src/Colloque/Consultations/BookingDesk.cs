using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>What booking, moving and holding share: may it be then, and is that time free.</summary>
public sealed class BookingDesk(ColloqueDb db, PracticeCalendars calendars, CallerScope scope, TimeProvider time)
{
    /// <summary>How far ahead a practitioner may put a visit into their own calendar.</summary>
    public static readonly TimeSpan OwnHorizon = TimeSpan.FromDays(730);

    /// <summary>One at a time for a practitioner, and for a patient, until the end of the transaction.</summary>
    internal Task LockAsync(Guid practitioner, Guid? patient, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select booking_lock({practitioner}, {patient})", cancellationToken);

    /// <summary>
    /// The settings to book by, and the length. A patient takes slots as they are; a practitioner, who disposes of their own time, any minute to come.
    /// One query.
    /// </summary>
    /// <param name="practitioner">Whose time.</param>
    /// <param name="startsAt">The start.</param>
    /// <param name="minutes">The length; null for the slot's own.</param>
    /// <param name="isHeld">The caller holds it: it was soon enough when they began.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">404 nobody in the caller's directory; 422 <c>scheduledAt</c>, <c>duration</c>.</exception>
    internal async Task<(PracticeSettings Settings, int Minutes)> JudgeAsync(
        Guid practitioner, DateTimeOffset startsAt, int? minutes, bool isHeld, CancellationToken cancellationToken)
    {
        if (minutes is < 5 or > 480)
        {
            throw Refusal.Invalid("duration");
        }

        var now = time.GetMoment();
        var calendar = await calendars.AtAsync(practitioner, startsAt, cancellationToken);
        var slot = calendar.Slots.At(startsAt);
        if (scope.Required.UserId == practitioner)
        {
            RequireOwn(startsAt, now);
            return (calendar.Settings, minutes ?? slot?.Minutes ?? calendar.Settings.SlotMinutes);
        }

        return calendar.Judge(startsAt, minutes, now) switch
        {
            SlotVerdict.NotASlot => throw Refusal.Invalid("scheduledAt", "not_a_slot"),
            SlotVerdict.TooSoon when !isHeld || startsAt <= now => throw Refusal.Invalid("scheduledAt", "too_soon"),
            SlotVerdict.TooFar => throw Refusal.Invalid("scheduledAt", "too_far"),
            _ => (calendar.Settings, slot!.Value.Minutes),
        };
    }

    /// <summary>Refuses a time that somebody has. True until the end of the transaction with the locks held; without them, a cheap look before.</summary>
    /// <param name="practitioner">Whose time.</param>
    /// <param name="patient">And whose.</param>
    /// <param name="startsAt">The start.</param>
    /// <param name="minutes">The length.</param>
    /// <param name="settings">Their buffer is kept around what patients take; practitioners dispose of it themselves.</param>
    /// <param name="moving">The visit that is to go there; null for a new one.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">409.</exception>
    internal async Task RequireFreeAsync(Guid practitioner, Guid patient, DateTimeOffset startsAt, int minutes, PracticeSettings settings, Guid? moving, CancellationToken cancellationToken)
    {
        var buffer = TimeSpan.FromMinutes(scope.Required.UserId == practitioner ? 0 : settings.BufferMinutes);
        var states = await db.Database.SqlQuery<string>(
            $"select booking_state({practitioner}, {patient}, {startsAt}, {startsAt.AddMinutes(minutes)}, {buffer}, {moving ?? Guid.Empty}, {time.GetMoment()}) as \"Value\"")
            .ToListAsync(cancellationToken);
        switch (states[0])
        {
            case "free":
                return;
            case "busy":
                throw ConsultationRefusals.PatientBusy();
            default:
                throw ConsultationRefusals.SlotTaken();
        }
    }

    private static void RequireOwn(DateTimeOffset startsAt, DateTimeOffset now)
    {
        if (startsAt.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw Refusal.Invalid("scheduledAt", "not_a_slot");
        }

        if (startsAt <= now)
        {
            throw Refusal.Invalid("scheduledAt", "too_soon");
        }

        if (startsAt > now + OwnHorizon)
        {
            throw Refusal.Invalid("scheduledAt", "too_far");
        }
    }
}
