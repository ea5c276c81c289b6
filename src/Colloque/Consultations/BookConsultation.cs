using Colloque.People;
using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>What to book.</summary>
/// <param name="PractitionerId">Whose time; null for the practitioner who calls.</param>
/// <param name="PatientId">For whom; null for the patient who calls.</param>
/// <param name="ScheduledAt">The start.</param>
/// <param name="DurationMinutes">The length, 5..480; null for the slot's own.</param>
/// <param name="Format">How the two meet.</param>
/// <param name="Reason">What it is about, for the two alone; null for nothing said.</param>
/// <param name="HoldId">The hold or offer that it takes up.</param>
/// <param name="Key">The client's own word for this booking: the same again is the same visit. At most 128 visible ASCII characters.</param>
public sealed record BookingRequest(
    Guid? PractitionerId, Guid? PatientId, DateTimeOffset ScheduledAt, int? DurationMinutes, ConsultationFormat Format, string? Reason, Guid? HoldId, string? Key);

/// <summary>Books a visit: a patient one of a practitioner's slots, a practitioner a further visit for somebody they have treated.</summary>
public sealed class BookConsultation(
    ColloqueDb db, BookingDesk desk, ConsultationBooks books, ConsultationLife life, ConsultationReader reader, PractitionerRows practitioners, UnitOfWork work, CallerScope scope)
{
    /// <summary>Answers with the visit: Confirmed where the practitioner has it so or books it, else Scheduled.</summary>
    /// <exception cref="Refusal">
    /// 403 administrators; 404 a practitioner whom the caller does not find, a patient never treated; 409 the time is taken, the hold gone, the key used for something else;
    /// 422 <c>scheduledAt</c>, <c>duration</c>, <c>format</c>, <c>reason</c>, <c>practitionerId</c>, <c>patientId</c>, <c>idempotencyKey</c>.
    /// </exception>
    public async Task<ConsultationView> RunAsync(BookingRequest request, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var (practitioner, patient) = PeopleOf(caller, request);
        var reason = ReasonText.Parse(request.Reason);
        var asked = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{practitioner:N} {patient:N} {request.ScheduledAt.UtcTicks} {request.DurationMinutes} {request.Format}");
        RequireKey(request.Key);
        if (await RepeatedAsync(caller, request.Key, asked, cancellationToken) is { } first)
        {
            return await reader.OneAsync(first, cancellationToken);
        }

        var tenant = await TenantAsync(caller, patient, cancellationToken);
        var hold = await HoldAsync(request, practitioner, cancellationToken);
        var (settings, minutes) = await desk.JudgeAsync(practitioner, request.ScheduledAt, request.DurationMinutes, hold is not null, cancellationToken);
        // Of five hundred who want one slot, most find out here, and wait for nobody.
        if (request.Key is null)
        {
            await desk.RequireFreeAsync(practitioner, patient, request.ScheduledAt, minutes, settings, null, cancellationToken);
        }

        await RequireFormatAsync(practitioner, request.Format, cancellationToken);
        await desk.LockAsync(practitioner, patient, cancellationToken);
        if (await RepeatedAsync(caller, request.Key, asked, cancellationToken) is { } meanwhile)
        {
            return await reader.OneAsync(meanwhile, cancellationToken);
        }

        await desk.RequireFreeAsync(practitioner, patient, request.ScheduledAt, minutes, settings, null, cancellationToken);
        var confirmed = caller.UserId == practitioner || settings.Confirmation == ConfirmationMode.Automatic;
        var visit = new Consultation
        {
            Id = Guid.CreateVersion7(life.Now),
            TenantId = tenant,
            PatientId = patient,
            PractitionerId = practitioner,
            Status = confirmed ? ConsultationStatus.Confirmed : ConsultationStatus.Scheduled,
            Format = request.Format,
            ScheduledAt = request.ScheduledAt,
            DurationMinutes = minutes,
            CreatedAt = life.Now,
            ConfirmedAt = confirmed ? life.Now : null,
            TimeZone = settings.TimeZone,
            CancelNoticeMinutes = settings.CancellationDeadlineMinutes,
            BookedBy = caller.UserId,
            BookingKey = request.Key,
            BookingRequest = request.Key is null ? null : asked,
        };
        await books.AddAsync(visit, cancellationToken);
        await books.SealReasonAsync(visit, reason, cancellationToken);
        await TakeUpAsync(practitioner, patient, request.ScheduledAt, cancellationToken);
        await RecordAsync(visit, caller.UserId == practitioner, cancellationToken);
        return await reader.OneAsync(visit.Id, cancellationToken);
    }

    private static (Guid Practitioner, Guid Patient) PeopleOf(Caller caller, BookingRequest request) => caller.Role switch
    {
        Role.Patient when request.PatientId is { } other && other != caller.UserId => throw Refusal.Invalid("patientId"),
        Role.Patient => (request.PractitionerId ?? throw Refusal.Invalid("practitionerId", "required"), caller.UserId),
        _ when request.PractitionerId is { } other && other != caller.UserId => throw Refusal.Invalid("practitionerId"),
        _ => (caller.UserId, request.PatientId ?? throw Refusal.Invalid("patientId", "required")),
    };

    private static void RequireKey(string? key)
    {
        if (key is not null && (key.Length is 0 or > 128 || key.Any(static c => c is <= ' ' or > '~')))
        {
            throw Refusal.Invalid("idempotencyKey");
        }
    }

    /// <summary>The visit that this key has booked already.</summary>
    private async Task<Guid?> RepeatedAsync(Caller caller, string? key, string asked, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            return null;
        }

        var rows = await db.Database.SqlQuery<Booked>(
            $"""select id "Id", booking_request "Request" from consultations where booked_by = {caller.UserId} and booking_key = {key}""").ToListAsync(cancellationToken);
        return rows is not [var one] ? null : one.Request == asked ? one.Id : throw ConsultationRefusals.KeyReused();
    }

    /// <summary>The row is the patient's organization's. A practitioner books for those whom they see or have seen.</summary>
    private async Task<Guid> TenantAsync(Caller caller, Guid patient, CancellationToken cancellationToken)
    {
        if (caller.Role == Role.Patient)
        {
            return caller.OrganizationId;
        }

        var tenants = await db.Database.SqlQuery<Guid>(
            $"""
            select tenant_id as "Value" from consultations where practitioner_id = {caller.UserId} and patient_id = {patient} and status in ('InProgress', 'Completed') limit 1
            """).ToListAsync(cancellationToken);
        return tenants.Count == 1 ? tenants[0] : throw Refusal.NotFound();
    }

    private async Task<Guid?> HoldAsync(BookingRequest request, Guid practitioner, CancellationToken cancellationToken)
    {
        if (request.HoldId is not { } id)
        {
            return null;
        }

        var found = await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value" from slot_holds
              where id = {id} and practitioner_id = {practitioner} and starts_at = {request.ScheduledAt} and expires_at > {life.Now} and patient_id = current_user_id()
            """).ToListAsync(cancellationToken);
        return found.Count == 1 ? id : throw ConsultationRefusals.HoldExpired();
    }

    private async Task RequireFormatAsync(Guid practitioner, ConsultationFormat format, CancellationToken cancellationToken)
    {
        var profile = await practitioners.InDirectoryAsync(practitioner, cancellationToken) ?? throw Refusal.NotFound();
        var offered = format switch
        {
            ConsultationFormat.Video => profile.OffersVideo,
            ConsultationFormat.Audio => profile.OffersPhone,
            _ => profile.OffersInPerson,
        };
        if (!offered)
        {
            throw ConsultationRefusals.FormatNotOffered();
        }
    }

    /// <summary>The hold has done its work; whoever took an offer up waits no longer.</summary>
    private async Task TakeUpAsync(Guid practitioner, Guid patient, DateTimeOffset startsAt, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from waiting_list_entries e using slot_holds h
              where h.entry_id = e.id and h.practitioner_id = {practitioner} and h.patient_id = {patient} and h.starts_at = {startsAt} and e.patient_id = {patient}
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"delete from slot_holds where practitioner_id = {practitioner} and patient_id = {patient} and starts_at = {startsAt}", cancellationToken);
    }

    private async Task RecordAsync(Consultation visit, bool byPractitioner, CancellationToken cancellationToken)
    {
        await life.RecordAsync(visit.Id, "Scheduled", null, cancellationToken);
        if (visit.Status == ConsultationStatus.Confirmed)
        {
            await life.RecordAsync(visit.Id, "Confirmed", byPractitioner ? null : "automatic", cancellationToken);
        }

        work.Announce(new ConsultationBooked(
            new(visit.Id, visit.TenantId, visit.PatientId, visit.PractitionerId, visit.Status, visit.Format, visit.ScheduledAt, visit.DurationMinutes)));
    }

    private sealed record Booked(Guid Id, string? Request);
}
