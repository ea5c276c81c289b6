using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>Shows one visit: whole to its participants, its operational state to administrators.</summary>
public sealed class GetConsultation(ColloqueDb db, ConsultationReader reader)
{
    /// <summary>For a participant. One query, and one for the key where somebody gave a reason.</summary>
    /// <exception cref="Refusal">404.</exception>
    public Task<ConsultationView> RunAsync(Guid id, CancellationToken cancellationToken) => reader.OneAsync(id, cancellationToken);

    /// <summary>For an administrator. One query, through a function that has no other column to give.</summary>
    /// <exception cref="Refusal">404: absent, or another organization's.</exception>
    public async Task<OperationalView> OperationalAsync(Guid id, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<OperationalView>(
            $"""
            select id "Id", status "Status", format "Format", scheduled_at "ScheduledAt", started_at "StartedAt", closed_at "ClosedAt", queue_position "QueuePosition"
            from operational_state({id})
            """).ToListAsync(cancellationToken);
        return rows.Count == 1 ? rows[0] : throw Refusal.NotFound();
    }
}
