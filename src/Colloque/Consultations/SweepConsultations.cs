using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>When a visit that was left open is over.</summary>
/// <param name="NoShowAfter">Past its planned end, where not both came.</param>
/// <param name="CloseAfter">Past its planned end, or its last sign of life where that is later, where nobody ended it.</param>
public sealed record ConsultationDeadlines(TimeSpan NoShowAfter, TimeSpan CloseAfter);

/// <summary>
/// Ends what is past and was left open: NoShow where not both came, Completed where nobody ended it, at its last event or message. It looks at what is so: a restart
/// neither loses nor repeats anything, and however many processes run it, one does at a time.
/// </summary>
public sealed class SweepConsultations(ColloqueDb db, UnitOfWork work, TimeProvider time)
{
    /// <summary>Visits of one transaction.</summary>
    public const int Most = 200;

    /// <summary>One statement; answers with how many were ended.</summary>
    public async Task<int> RunAsync(ConsultationDeadlines deadlines, CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        var ended = await db.Database.SqlQuery<Row>(
            $"""
            select id "Id", tenant_id "TenantId", patient_id "PatientId", practitioner_id "PractitionerId", status "Status", format "Format", scheduled_at "ScheduledAt",
              duration_minutes "DurationMinutes", closed_at "ClosedAt" from consultations_sweep({now}, {deadlines.NoShowAfter}, {deadlines.CloseAfter}, {Most})
            """).ToListAsync(cancellationToken);
        foreach (var row in ended)
        {
            Announce(row);
        }

        return ended.Count;
    }

    private void Announce(Row row)
    {
        var plan = new ConsultationPlan(
            row.Id, row.TenantId, row.PatientId, row.PractitionerId, Enum.Parse<ConsultationStatus>(row.Status), Enum.Parse<ConsultationFormat>(row.Format), row.ScheduledAt, row.DurationMinutes);
        if (row.ClosedAt is { } closedAt)
        {
            work.Announce(new ConsultationClosed(row.Id, closedAt));
            work.Announce(new ConsultationAdvanced(plan));
        }
        else
        {
            work.Announce(new ConsultationMissed(plan));
        }
    }

    private sealed record Row(
        Guid Id, Guid TenantId, Guid PatientId, Guid PractitionerId, string Status, string Format, DateTimeOffset ScheduledAt, int DurationMinutes, DateTimeOffset? ClosedAt);
}
