using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Consultations;

/// <summary>One of the two gives a visit another time: it stays the same visit, with its conversation. The former time goes to the first who waits for it.</summary>
public sealed class RescheduleConsultation(
    BookingDesk desk, ConsultationBooks books, ConsultationLife life, ConsultationReader reader, WaitingList waiting, UnitOfWork work, CallerScope scope)
{
    /// <summary>Answers with the visit as it is then: where the practitioner confirms by hand, one that the patient moved waits for that anew.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="startsAt">The new start.</param>
    /// <param name="minutes">The new length; null: as a slot there has, or for the practitioner as it was.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <exception cref="Refusal">403 administrators; 404; 409 begun or over, taken, or the patient after the deadline; 422 <c>scheduledAt</c>, <c>duration</c>.</exception>
    public async Task<ConsultationView> RunAsync(Guid id, DateTimeOffset startsAt, int? minutes, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var (plan, _) = await RequireAsync(caller, id, cancellationToken);
        var isPractitioner = caller.UserId == plan.PractitionerId;
        var (settings, length) = await desk.JudgeAsync(plan.PractitionerId, startsAt, minutes ?? (isPractitioner ? plan.DurationMinutes : null), isHeld: false, cancellationToken);
        if (startsAt == plan.ScheduledAt && length == plan.DurationMinutes)
        {
            return await reader.OneAsync(id, cancellationToken);
        }

        await desk.LockAsync(plan.PractitionerId, plan.PatientId, cancellationToken);
        // Looked at again: two who move it at once do so one after the other.
        (plan, _) = await RequireAsync(caller, id, cancellationToken);
        await desk.RequireFreeAsync(plan.PractitionerId, plan.PatientId, startsAt, length, settings, id, cancellationToken);
        var status = isPractitioner ? plan.Status : settings.Confirmation == ConfirmationMode.Manual ? ConsultationStatus.Scheduled : ConsultationStatus.Confirmed;
        var to = plan with { ScheduledAt = startsAt, DurationMinutes = length, Status = status };
        if (!await books.MoveAsync(to, settings.TimeZone, settings.CancellationDeadlineMinutes, life.Now, cancellationToken))
        {
            throw ConsultationRefusals.IllegalTransition();
        }

        await life.EndWaitAsync(plan, cancellationToken);
        await life.RecordAsync(id, "Rescheduled", plan.ScheduledAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        work.Announce(new ConsultationRescheduled(to, plan.ScheduledAt, caller.UserId, caller.Role));
        await waiting.OfferAsync(plan.PractitionerId, plan.ScheduledAt, plan.DurationMinutes, cancellationToken);
        return await reader.OneAsync(id, cancellationToken);
    }

    private async Task<PlannedVisit> RequireAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var visit = await life.FindAsync(id, cancellationToken);
        if (!visit.IsAhead)
        {
            throw ConsultationRefusals.IllegalTransition();
        }

        return visit.MayBeChanged(caller.UserId, life.Now) ? visit : throw ConsultationRefusals.DeadlinePassed();
    }
}
