using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>A patient waits for a practitioner's time to get free.</summary>
public sealed class JoinWaitingList(ColloqueDb db, PracticeCalendars calendars, ListWaiting list, CallerScope scope, TimeProvider time)
{
    /// <summary>Answers with the place.</summary>
    /// <param name="practitioner">Whose time.</param>
    /// <param name="from">The first start that would do; null: any.</param>
    /// <param name="until">The last end that would do; null: any.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <exception cref="Refusal">403 all but patients; 404 nobody in the directory; 409 waits already; 422 <c>until</c>.</exception>
    public async Task<WaitingView> RunAsync(Guid practitioner, DateTimeOffset? from, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        if (caller.Role != Role.Patient)
        {
            throw Refusal.Forbidden();
        }

        var now = time.GetMoment();
        if (until is { } end && (end <= now || end <= from))
        {
            throw Refusal.Invalid("until");
        }

        await calendars.AtAsync(practitioner, now, cancellationToken);
        var id = Guid.CreateVersion7(now);
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into waiting_list_entries (id, tenant_id, practitioner_id, patient_id, from_at, until_at, created_at)
              values ({id}, {caller.OrganizationId}, {practitioner}, {caller.UserId}, {from}, {until}, {now}) on conflict (patient_id, practitioner_id) do nothing
            """,
            cancellationToken);
        return added == 0 ? throw ConsultationRefusals.AlreadyWaiting() : (await list.RunAsync(cancellationToken)).Single(e => e.Id == id);
    }
}
