using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.WaitingRoom;

/// <summary>A waiting patient gets another practitioner of the same queue: the part that taking and handing over share.</summary>
public sealed class HandOver(ColloqueDb db, UnitOfWork work, TimeProvider time)
{
    /// <summary>One statement.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="target">The caller, who takes it, or to whom the caller gives it.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">404: none of the caller's queue; 409 <c>not_waiting</c>, <c>already_taken</c>, <c>queue_not_shared</c>, <c>practitioner_busy</c>.</exception>
    public async Task MoveAsync(Guid id, Guid target, CancellationToken cancellationToken)
    {
        var answer = (await db.Database.SqlQuery<Moved>(
            $"""
            select outcome "Outcome", tenant_id "TenantId", patient_id "PatientId", giver_id "GiverId" from queue_hand_over({id}, {target}, {time.GetMoment()})
            """).ToListAsync(cancellationToken))[0];
        if (WaitingRoomRefusals.OfHandOver(answer.Outcome) is { } refusal)
        {
            throw refusal;
        }

        work.Announce(new ConsultationHandedOver(id, answer.TenantId!.Value, answer.PatientId!.Value, answer.GiverId!.Value, target));
        work.Announce(new QueueChanged(id, answer.PatientId.Value, target));
    }

    private sealed record Moved(string Outcome, Guid? TenantId, Guid? PatientId, Guid? GiverId);
}

