using Colloque.Consultations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.WaitingRoom;

/// <summary>A practitioner calls a waiting patient in: the visit begins. One of another practitioner of the shared queue is taken over in the same step.</summary>
public sealed class AdmitPatient(ColloqueDb db, ConsultationLife life, WaitingLine line, HandOver hand, CallerScope scope)
{
    /// <summary>At most nine statements. Of two at once one admits.</summary>
    /// <exception cref="Refusal">403 all but practitioners; 404; 409 <c>not_waiting</c>, <c>already_taken</c>.</exception>
    public async Task<ConsultationView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var me = scope.RequirePractitioner().UserId;
        if (await LockAsync(id, cancellationToken) == 0)
        {
            await hand.MoveAsync(id, me, cancellationToken);
        }

        var visit = await OneAsync(id, cancellationToken);
        if (!await line.LeaveAsync(visit, cancellationToken) || !await life.StartAsync(id, cancellationToken))
        {
            throw WaitingRoomRefusals.NotWaiting();
        }

        await life.RecordAsync(id, "Admitted", null, cancellationToken);
        // Whoever has begun is late no more.
        await db.Database.ExecuteSqlAsync(
            $"update waiting_rooms set delay_minutes = 0, delayed_until = null, updated_at = {line.Now} where practitioner_id = {me} and delay_minutes > 0", cancellationToken);
        return await OneAsync(id, cancellationToken);
    }

    /// <summary>The visit before its place: the order in which all lock. Policies show the caller their own alone.</summary>
    private async Task<int> LockAsync(Guid id, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Guid>($"select id as \"Value\" from consultations where id = {id} for update").ToListAsync(cancellationToken)).Count;

    private async Task<ConsultationView> OneAsync(Guid id, CancellationToken cancellationToken)
    {
        var rows = await ConsultationRow.OneAsync(db, id, cancellationToken);
        return rows.Count == 1 ? rows[0].ToView() : throw Refusal.NotFound();
    }
}
