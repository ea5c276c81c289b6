using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>A time that is kept for a patient while they decide.</summary>
/// <param name="Id">What to book it with.</param>
/// <param name="PractitionerId">Whose time.</param>
/// <param name="ScheduledAt">Its start.</param>
/// <param name="ExpiresAt">Then anybody may have it.</param>
public sealed record HoldView(Guid Id, Guid PractitionerId, DateTimeOffset ScheduledAt, DateTimeOffset ExpiresAt);

/// <summary>Keeps a slot for a patient for some minutes; a new one lets the former go.</summary>
public sealed class HoldSlot(ColloqueDb db, BookingDesk desk, CallerScope scope, TimeProvider time)
{
    /// <summary>How long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Answers with the hold.</summary>
    /// <exception cref="Refusal">403 all but patients; 404 nobody in the directory; 409 taken; 422 <c>scheduledAt</c>.</exception>
    public async Task<HoldView> RunAsync(Guid practitioner, DateTimeOffset startsAt, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        if (caller.Role != Role.Patient)
        {
            throw Refusal.Forbidden();
        }

        var (settings, minutes) = await desk.JudgeAsync(practitioner, startsAt, null, isHeld: false, cancellationToken);
        await desk.RequireFreeAsync(practitioner, caller.UserId, startsAt, minutes, settings, null, cancellationToken);
        await desk.LockAsync(practitioner, caller.UserId, cancellationToken);
        await desk.RequireFreeAsync(practitioner, caller.UserId, startsAt, minutes, settings, null, cancellationToken);
        var now = time.GetMoment();
        var hold = new HoldView(Guid.CreateVersion7(now), practitioner, startsAt, now + Lifetime);
        await db.Database.ExecuteSqlAsync($"delete from slot_holds where patient_id = {caller.UserId} and entry_id is null", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into slot_holds (id, tenant_id, practitioner_id, patient_id, starts_at, ends_at, expires_at)
              values ({hold.Id}, {caller.OrganizationId}, {practitioner}, {caller.UserId}, {startsAt}, {startsAt.AddMinutes(minutes)}, {hold.ExpiresAt})
            """,
            cancellationToken);
        return hold;
    }
}

/// <summary>Lets a hold go.</summary>
public sealed class ReleaseHold(ColloqueDb db, CallerScope scope)
{
    /// <summary>True, or a refusal.</summary>
    /// <exception cref="Refusal">404: absent, another's, or an offer, which ends with its place on the waiting list.</exception>
    public async Task<bool> RunAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"delete from slot_holds where id = {id} and patient_id = {scope.Required.UserId} and entry_id is null", cancellationToken) > 0
            ? true
            : throw Refusal.NotFound();
}
