using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Records;

/// <summary>A record to write.</summary>
/// <param name="PatientId">For whom.</param>
/// <param name="ConsultationId">The visit that it comes of; null to name none.</param>
/// <param name="Body">What it says.</param>
/// <param name="Key">The author's own key for this writing, 1..128 characters: the same again finds the first record. Null for none.</param>
public sealed record RecordDraft(Guid PatientId, Guid? ConsultationId, RecordBody Body, string? Key = null);

/// <summary>A practitioner writes a prescription or an exam result for a patient with whom they have, or had, a visit; with it the conversation about it is there.</summary>
public sealed class WriteRecord(ColloqueDb db, KeyRing keys, RecordRows rows, UnitOfWork work, TimeProvider time, TellOfRecord notices)
{
    /// <summary>UTF-16 units of a key.</summary>
    private const int MaxKey = 128;

    /// <returns>The record, and whether this call wrote it.</returns>
    /// <exception cref="Refusal">
    /// 403 all but practitioners; 404 no visit with this patient; 409 the key named another record; 422 <c>prescription.…</c>, <c>exam.…</c>, <c>consultationId</c>.
    /// </exception>
    public async Task<(RecordView Record, bool Created)> RunAsync(RecordDraft draft, CancellationToken cancellationToken)
    {
        var author = rows.Author;
        var now = time.GetMoment();
        var body = RecordText.Parse(draft.Body, DateOnly.FromDateTime(now.UtcDateTime));
        if (body.Exam?.ReportFileId is not null)
        {
            // A report is a file of the record's conversation, which begins with the record.
            throw Refusal.Invalid("exam.reportFileId", "no_such_file");
        }

        if (draft.Key is { Length: 0 or > MaxKey })
        {
            throw Refusal.Invalid("idempotencyKey");
        }

        var tenant = await TenantAsync(draft, cancellationToken);
        var id = draft.Key is { } key ? ContentHash.IdOf(author.UserId, "record", key) : Guid.CreateVersion7(now);
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into clinical_records (id, tenant_id, kind, patient_id, practitioner_id, consultation_id, created_at)
            values ({id}, {tenant}, {body.Kind.ToString()}, {draft.PatientId}, {author.UserId}, {draft.ConsultationId}, {now}) on conflict do nothing
            """,
            cancellationToken);
        if (added == 0)
        {
            return (await RepeatAsync(id, draft, body, cancellationToken), false);
        }

        await OpenAsync(author, id, tenant, body.Kind, draft.PatientId, now, cancellationToken);
        await rows.AddAsync(id, tenant, 1, body, now, cancellationToken);
        await notices.RunAsync(id, cancellationToken);
        work.Announce(new RecordWritten(id, body.Kind, 1, draft.PatientId, author.UserId));
        return (await rows.OneAsync(id, cancellationToken), true);
    }

    /// <summary>The organization of the patient, as the visits with them say it: a practitioner may have none.</summary>
    private async Task<Guid> TenantAsync(RecordDraft draft, CancellationToken cancellationToken)
    {
        var visits = await db.Database.SqlQuery<Visit>(
            $"""
            select c.id "Id", c.tenant_id "TenantId" from consultations c
              where c.patient_id = {draft.PatientId} and c.practitioner_id = current_user_id() and c.status in ('Confirmed', 'InProgress', 'Completed')
            """).ToListAsync(cancellationToken);
        if (visits.Count == 0)
        {
            throw RecordRefusals.NoVisit();
        }

        return draft.ConsultationId is null || visits.Exists(v => v.Id == draft.ConsultationId) ? visits[0].TenantId : throw Refusal.Invalid("consultationId");
    }

    /// <summary>The conversation about it: the record's own id, both seats from the beginning, one key for both.</summary>
    private async Task OpenAsync(Caller author, Guid id, Guid tenant, RecordKind kind, Guid patient, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"insert into conversations (id, tenant_id, kind, status, created_at) values ({id}, {tenant}, {kind.ToString()}, 'Open', {now})", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into participants (conversation_id, user_id, tenant_id, role, joined_at)
            values ({id}, {patient}, {tenant}, 'Patient', {now}), ({id}, {author.UserId}, {tenant}, 'Practitioner', {now})
            """,
            cancellationToken);
        await keys.CreateAsync(author, id, db, cancellationToken);
    }

    private async Task<RecordView> RepeatAsync(Guid id, RecordDraft draft, RecordBody body, CancellationToken cancellationToken)
    {
        var first = await rows.OneAsync(id, cancellationToken);
        return first.Patient.Id == draft.PatientId && RecordRows.Same(first.Earlier is [.., var one] ? one.Body : first.Current.Body, body) ? first : throw RecordRefusals.KeyReused();
    }

    private sealed record Visit(Guid Id, Guid TenantId);
}
