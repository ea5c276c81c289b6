using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>What the verbs of a visit's life share: the guarded move and its event.</summary>
public sealed class ConsultationLife(ColloqueDb db, CallerScope scope, UnitOfWork work, TimeProvider time)
{
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

        await RecordAsync(id, "Started", cancellationToken);
        work.Announce(new ConsultationStarted(id, Now));
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

        await db.Database.ExecuteSqlAsync($"update conversations set status = 'Closed' where id = {id}", cancellationToken);
        await RecordAsync(id, "Ended", cancellationToken);
        work.Announce(new ConsultationClosed(id, Now));
        return true;
    }

    /// <summary>The event is of the visit's organization: a practitioner of the platform has none to give.</summary>
    private Task RecordAsync(Guid id, string type, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at)
              select {Guid.CreateVersion7(Now)}, c.tenant_id, c.id, {type}, {caller.UserId}, {caller.Role.ToString()}, {Now} from consultations c where c.id = {id}
            """,
            cancellationToken);
    }
}
