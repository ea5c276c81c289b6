using Colloque.Conversations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>
/// Lets urgent messages climb that nobody acknowledged in time: the practitioner's deputy gets a seat from the message on, or, where there is none, the practitioner is
/// reminded; the patient is told either way. Each message climbs once, whatever becomes of the process, and none while the clock cannot be believed.
/// </summary>
public sealed class ClimbUrgentMessages(ColloqueDb db, UnitOfWork work, MessageNoticeTimes times, ClockWatch clocks, TimeProvider time)
{
    /// <summary>Messages of one transaction.</summary>
    public const int Most = 100;

    /// <summary>One statement; answers with what climbed. No caller: the server's own work.</summary>
    public async Task<IReadOnlyList<UrgentStep>> RunAsync(CancellationToken cancellationToken)
    {
        if (!clocks.Look())
        {
            return [];
        }

        var climbed = await db.Database.SqlQuery<UrgentStep>(
            $"""
            select conversation_id "ConversationId", tenant_id "OrganizationId", patient_id "PatientId", deputy_id "DeputyId"
              from urgent_climb({time.GetMoment()}, {(int)Math.Ceiling(times.UrgentAfter.TotalSeconds)}, {Most})
            """).ToListAsync(cancellationToken);
        foreach (var conversation in climbed.Where(static s => s.DeputyId is not null).Select(static s => s.ConversationId).Distinct())
        {
            work.Announce(new SeatsChanged(conversation));
        }

        return climbed;
    }
}

/// <summary>One step of an urgent message.</summary>
/// <param name="ConversationId">Where it was said.</param>
/// <param name="OrganizationId">The patient's.</param>
/// <param name="PatientId">Who said it.</param>
/// <param name="DeputyId">Who has a seat for it now; null where nobody stands in, and the practitioner was reminded.</param>
public sealed record UrgentStep(Guid ConversationId, Guid OrganizationId, Guid PatientId, Guid? DeputyId);
