using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>What to record.</summary>
/// <param name="PatientId">One of the organization's patients.</param>
/// <param name="PractitionerId">One of its practitioners, or of the platform's own.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Format">How the two meet.</param>
/// <param name="ScheduledAt">Planned start.</param>
/// <param name="DurationMinutes">5..480.</param>
public sealed record ConsultationDraft(
    Guid PatientId, Guid PractitionerId, ConsultationStatus Status, ConsultationFormat Format, DateTimeOffset ScheduledAt, int DurationMinutes);

/// <summary>Puts a visit in the books with its conversation, both seats and its data key, in the state that is given.</summary>
public sealed class RecordConsultation(ColloqueDb db, KeyRing keys, CallerScope scope, TimeProvider time)
{
    /// <summary>Answers with its id. The caller is one of its two people; a practitioner of the platform's own has had a visit with this patient before.</summary>
    /// <exception cref="Refusal">403 administrators; 404 a patient who has not chosen this practitioner.</exception>
    public async Task<Guid> RunAsync(ConsultationDraft draft, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var tenant = caller.Tenant ?? await TenantOfAsync(draft.PatientId, cancellationToken);
        var now = time.GetMoment();
        var id = Guid.CreateVersion7(now);
        var began = draft.Status is ConsultationStatus.InProgress or ConsultationStatus.Completed;
        db.Consultations.Add(new()
        {
            Id = id,
            TenantId = tenant,
            PatientId = draft.PatientId,
            PractitionerId = draft.PractitionerId,
            Status = draft.Status,
            Format = draft.Format,
            ScheduledAt = draft.ScheduledAt,
            DurationMinutes = draft.DurationMinutes,
            StartedAt = began ? draft.ScheduledAt : null,
            ClosedAt = draft.Status == ConsultationStatus.Completed ? draft.ScheduledAt.AddMinutes(draft.DurationMinutes) : null,
            RoomName = began ? RoomName.New() : null,
            CreatedAt = now,
        });
        await db.SaveChangesAsync(cancellationToken);
        await OpenConversationAsync(tenant, id, draft, now, cancellationToken);
        await keys.CreateAsync(caller, id, db, cancellationToken);
        return id;
    }

    private async Task<Guid> TenantOfAsync(Guid patient, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<Guid?>($"select tenant_of_my_patient({patient}) as \"Value\"").SingleAsync(cancellationToken) ?? throw Refusal.NotFound();

    private async Task OpenConversationAsync(Guid tenant, Guid id, ConsultationDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = draft.Status is ConsultationStatus.Scheduled or ConsultationStatus.Confirmed or ConsultationStatus.InProgress ? "Open" : "Closed";
        // Raw SQL: EF would read the row back, before there is a seat that may read it.
        await db.Database.ExecuteSqlAsync(
            $"insert into conversations (id, tenant_id, kind, status, created_at) values ({id}, {tenant}, 'Consultation', {open}, {now})", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into participants (conversation_id, user_id, tenant_id, role, joined_at)
              values ({id}, {draft.PatientId}, {tenant}, 'Patient', {now}), ({id}, {draft.PractitionerId}, {tenant}, 'Practitioner', {now})
            """,
            cancellationToken);
    }
}
