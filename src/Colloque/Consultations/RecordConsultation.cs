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
/// <param name="Exclusive">False: beside others at the same time, for tools that fill books; it takes no time from anybody.</param>
public sealed record ConsultationDraft(
    Guid PatientId, Guid PractitionerId, ConsultationStatus Status, ConsultationFormat Format, DateTimeOffset ScheduledAt, int DurationMinutes, bool Exclusive = true);

/// <summary>Puts a visit in the books in the state that is given, asking no calendar: for demos and tools. People use <see cref="BookConsultation"/>.</summary>
public sealed class RecordConsultation(ColloqueDb db, ConsultationBooks books, CallerScope scope, TimeProvider time)
{
    /// <summary>Answers with its id. The caller is one of its two people; a practitioner of the platform's own has had a visit with this patient before.</summary>
    /// <exception cref="Refusal">403 administrators; 404 a patient who has not chosen this practitioner; 409 one of the two has another visit then.</exception>
    public async Task<Guid> RunAsync(ConsultationDraft draft, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var tenant = caller.Tenant ?? await TenantOfAsync(draft.PatientId, cancellationToken);
        var now = time.GetMoment();
        var id = Guid.CreateVersion7(now);
        var began = draft.Status is ConsultationStatus.InProgress or ConsultationStatus.Completed;
        var visit = new Consultation
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
            Exclusive = draft.Exclusive,
            ConfirmedAt = draft.Status is ConsultationStatus.Confirmed || began ? now : null,
            BookedBy = caller.UserId,
        };
        await books.AddAsync(visit, cancellationToken);
        return id;
    }

    private async Task<Guid> TenantOfAsync(Guid patient, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<Guid?>($"select tenant_of_my_patient({patient}) as \"Value\"").SingleAsync(cancellationToken) ?? throw Refusal.NotFound();
}
