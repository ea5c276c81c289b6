using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colloque.Consultations;

/// <summary>Writes visits into the books. What the database refuses there, by one person being in two places, is the last line behind <see cref="BookingDesk"/>.</summary>
public sealed class ConsultationBooks(ColloqueDb db, KeyRing keys, CallerScope scope)
{
    private const string BookingKey = "consultations_booking_key";

    /// <summary>A visit's row, its conversation, both seats and its data key.</summary>
    /// <exception cref="Refusal">409: that time is taken, or the booking's key has served.</exception>
    internal async Task AddAsync(Consultation visit, CancellationToken cancellationToken)
    {
        db.Consultations.Add(visit);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException inner && Refuses(inner))
        {
            throw RefusalOf((e.InnerException as PostgresException)!.ConstraintName);
        }

        var open = visit.Status is ConsultationStatus.Scheduled or ConsultationStatus.Confirmed or ConsultationStatus.InProgress ? "Open" : "Closed";
        // Raw SQL: EF would read the row back, before there is a seat that may read it.
        await db.Database.ExecuteSqlAsync(
            $"insert into conversations (id, tenant_id, kind, status, created_at) values ({visit.Id}, {visit.TenantId}, 'Consultation', {open}, {visit.CreatedAt})", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into participants (conversation_id, user_id, tenant_id, role, joined_at)
              values ({visit.Id}, {visit.PatientId}, {visit.TenantId}, 'Patient', {visit.CreatedAt}), ({visit.Id}, {visit.PractitionerId}, {visit.TenantId}, 'Practitioner', {visit.CreatedAt})
            """,
            cancellationToken);
        await keys.CreateAsync(scope.Required, visit.Id, db, cancellationToken);
    }

    /// <summary>Seals what the patient says it is about, for the two of a visit that was added.</summary>
    internal async Task SealReasonAsync(Consultation visit, string? text, CancellationToken cancellationToken)
    {
        if (text is null || visit.BookedBy is not { } author)
        {
            return;
        }

        var ring = await keys.OfConversationsAsync(db, [visit.Id], cancellationToken);
        var record = ContentCipher.Seal(ring[visit.Id].Current, text, ConsultationReader.ReasonPlace(visit.TenantId, visit.Id, author));
        await db.Database.ExecuteSqlAsync($"update consultations set reason_sealed = {record} where id = {visit.Id}", cancellationToken);
    }

    /// <summary>Gives a visit that has not begun another time; false if it has meanwhile.</summary>
    /// <exception cref="Refusal">409: that time is taken.</exception>
    internal async Task<bool> MoveAsync(ConsultationPlan to, string timeZone, int cancelNoticeMinutes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await db.Database.ExecuteSqlAsync(
                $"""
                update consultations set scheduled_at = {to.ScheduledAt}, duration_minutes = {to.DurationMinutes}, status = {to.Status.ToString()}, exclusive = true, time_zone = {timeZone},
                  cancel_notice_minutes = {cancelNoticeMinutes}, confirmed_at = case when {to.Status.ToString()} = 'Confirmed' then coalesce(confirmed_at, {now}) end
                  where id = {to.Id} and status in ('Scheduled', 'Confirmed')
                """,
                cancellationToken) > 0;
        }
        catch (PostgresException e) when (Refuses(e))
        {
            throw RefusalOf(e.ConstraintName);
        }
    }

    private static bool Refuses(PostgresException e) =>
        e.SqlState == PostgresErrorCodes.ExclusionViolation || (e.SqlState == PostgresErrorCodes.UniqueViolation && e.ConstraintName == BookingKey);

    private static Refusal RefusalOf(string? constraint) => constraint switch
    {
        "consultations_patient_once" => ConsultationRefusals.PatientBusy(),
        BookingKey => ConsultationRefusals.KeyReused(),
        _ => ConsultationRefusals.SlotTaken(),
    };
}
