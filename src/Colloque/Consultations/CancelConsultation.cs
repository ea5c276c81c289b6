using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>One of the two calls a visit off; its time goes to the first who waits for it.</summary>
public sealed class CancelConsultation(
    ColloqueDb db, KeyRing keys, ConsultationLife life, ConsultationReader reader, WaitingList waiting, BookingDesk desk, UnitOfWork work, CallerScope scope)
{
    /// <summary>Scheduled or Confirmed becomes Cancelled; answers with the visit as it is then.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="reason">Why, for the other one alone; null for nothing said.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <exception cref="Refusal">403 administrators; 404; 409 begun or over, or the patient after the deadline; 422 <c>reason</c>.</exception>
    public async Task<ConsultationView> RunAsync(Guid id, string? reason, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var text = ReasonText.Parse(reason);
        var visit = await life.FindAsync(id, cancellationToken);
        if (!visit.IsAhead)
        {
            throw ConsultationRefusals.IllegalTransition();
        }

        if (!visit.MayBeChanged(caller.UserId, life.Now))
        {
            throw ConsultationRefusals.DeadlinePassed();
        }

        // Before the row: who books holds this lock when their row meets ours.
        await desk.LockAsync(visit.Plan.PractitionerId, null, cancellationToken);
        var moved = await db.Database.ExecuteSqlAsync(
            $"""
            update consultations set status = 'Cancelled', cancelled_at = {life.Now}, cancelled_by = {caller.UserId}, cancelled_by_role = {caller.Role.ToString()}
              where id = {id} and status in ('Scheduled', 'Confirmed') and scheduled_at = {visit.Plan.ScheduledAt}
            """,
            cancellationToken);
        if (moved == 0)
        {
            throw ConsultationRefusals.IllegalTransition();
        }

        await SealAsync(visit.Plan, caller, text, cancellationToken);
        await life.CloseConversationAsync(id, cancellationToken);
        await life.EndWaitAsync(visit.Plan, cancellationToken);
        await life.RecordAsync(id, "Cancelled", null, cancellationToken);
        work.Announce(new ConsultationCancelled(visit.Plan with { Status = ConsultationStatus.Cancelled }, caller.UserId, caller.Role));
        await waiting.OfferAsync(visit.Plan.PractitionerId, visit.Plan.ScheduledAt, visit.Plan.DurationMinutes, cancellationToken);
        return await reader.OneAsync(id, cancellationToken);
    }

    private async Task SealAsync(ConsultationPlan plan, Caller caller, string? text, CancellationToken cancellationToken)
    {
        if (text is null)
        {
            return;
        }

        var ring = await keys.OfConversationsAsync(db, [plan.Id], cancellationToken);
        var record = ContentCipher.Seal(ring[plan.Id].Current, text, ConsultationReader.CancelReasonPlace(plan.OrganizationId, plan.Id, caller.UserId));
        await db.Database.ExecuteSqlAsync($"update consultations set cancel_reason_sealed = {record} where id = {plan.Id}", cancellationToken);
    }
}
