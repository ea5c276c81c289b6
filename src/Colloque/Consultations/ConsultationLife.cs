using Colloque.Security;
using Colloque.Storage;
using Colloque.WaitingRoom;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>What the verbs of a visit's life share: the guarded move and its event.</summary>
public sealed class ConsultationLife(ColloqueDb db, CallerScope scope, UnitOfWork work, TimeProvider time)
{
    private int recorded;

    /// <summary>The moment of this unit of work, to the microsecond that PostgreSQL keeps.</summary>
    public DateTimeOffset Now { get; } = time.GetMoment();

    /// <summary>Scheduled or Confirmed becomes InProgress, once; false if another was first or the state is another.</summary>
    public async Task<bool> StartAsync(Guid id, CancellationToken cancellationToken)
    {
        var room = RoomName.New();
        var moved = await db.Consultations
            .Where(c => c.Id == id && (c.Status == ConsultationStatus.Scheduled || c.Status == ConsultationStatus.Confirmed))
            .ExecuteUpdateAsync(
                s => s.SetProperty(c => c.Status, ConsultationStatus.InProgress).SetProperty(c => c.StartedAt, Now).SetProperty(c => c.RoomName, c => c.RoomName ?? room),
                cancellationToken);
        if (moved == 0)
        {
            return false;
        }

        await RecordAsync(id, "Started", null, cancellationToken);
        work.Announce(new ConsultationStarted(id, Now));
        work.Announce(new ConsultationAdvanced((await FindAsync(id, cancellationToken)).Plan));
        return true;
    }

    /// <summary>InProgress becomes Completed, and its conversation takes nothing more; false if it was not in progress.</summary>
    public async Task<bool> CompleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var moved = await db.Consultations
            .Where(c => c.Id == id && c.Status == ConsultationStatus.InProgress)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.Status, ConsultationStatus.Completed).SetProperty(c => c.ClosedAt, Now), cancellationToken);
        if (moved == 0)
        {
            return false;
        }

        await CloseConversationAsync(id, cancellationToken);
        await RecordAsync(id, "Ended", null, cancellationToken);
        work.Announce(new ConsultationClosed(id, Now));
        work.Announce(new ConsultationAdvanced((await FindAsync(id, cancellationToken)).Plan));
        return true;
    }

    /// <summary>A visit of the caller's, as it is planned. One query.</summary>
    /// <exception cref="Refusal">404: absent, or another's.</exception>
    internal async Task<PlannedVisit> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<PlannedVisit.Row>(
            $"""
            select id "Id", tenant_id "TenantId", patient_id "PatientId", practitioner_id "PractitionerId", status "Status", format "Format", scheduled_at "ScheduledAt",
              duration_minutes "DurationMinutes", cancel_notice_minutes "CancelNoticeMinutes" from consultations where id = {id}
            """).ToListAsync(cancellationToken);
        return rows.Count == 1 ? rows[0].ToVisit() : throw Refusal.NotFound();
    }

    /// <summary>A visit that the caller gives. One query.</summary>
    /// <exception cref="Refusal">403 administrators and its patient; 404: absent, or another's.</exception>
    internal async Task<PlannedVisit> FindGivenAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var visit = await FindAsync(id, cancellationToken);
        return visit.Plan.PractitionerId == caller.UserId ? visit : throw Refusal.Forbidden();
    }

    /// <summary>Nothing can be written any more.</summary>
    internal Task CloseConversationAsync(Guid id, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"update conversations set status = 'Closed' where id = {id}", cancellationToken);

    /// <summary>Whoever waits for this visit waits no longer; nobody hears of it where nobody did.</summary>
    internal async Task EndWaitAsync(ConsultationPlan plan, CancellationToken cancellationToken)
    {
        if (await db.Database.ExecuteSqlAsync($"update queue_items set left_at = {Now} where consultation_id = {plan.Id} and left_at is null", cancellationToken) > 0)
        {
            work.Announce(new QueueChanged(plan.Id, plan.PatientId, plan.PractitionerId));
        }
    }

    /// <summary>Notes what the caller did. The event is of the visit's organization: a practitioner of the platform has none to give.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="type">One of <see cref="ConsultationEvent.Type"/>.</param>
    /// <param name="detail">A code, a number, an id or an instant; at most 60 characters.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>The event's id.</returns>
    internal async Task<Guid> RecordAsync(Guid id, string type, string? detail, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        // What one unit of work does keeps its order: a microsecond apart.
        var at = Now.AddMicroseconds(recorded++);
        var @event = Guid.CreateVersion7(Now);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
              select {@event}, c.tenant_id, c.id, {type}, {caller.UserId}, {caller.Role.ToString()}, {at}, {detail} from consultations c where c.id = {id}
            """,
            cancellationToken);
        return @event;
    }
}
