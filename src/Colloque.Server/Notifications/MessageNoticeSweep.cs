using Colloque.Audit;
using Colloque.Conversations;
using Colloque.Notifications;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Notifications;

/// <summary>
/// Looks at messages that stay unread and at urgent ones that nobody acknowledged. While the clock cannot be believed neither is told of: a wrong date must not write to
/// everybody, nor seat deputies in every conversation.
/// </summary>
internal sealed class MessageNoticeSweep(Verbs verbs, MessageNews news, MessageLog messages, AuditTrail audit, ClockWatch clocks, TimeProvider time, ILogger<MessageNoticeSweep> logger)
    : Sweep(TimeSpan.FromSeconds(2), time, logger)
{
    private readonly TimeProvider clock = time;

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        await TryAsync(SettleAsync, cancellationToken);
        await TryAsync(ClimbAsync, cancellationToken);
        await TryAsync(TellAsync, cancellationToken);
        if (!clocks.Look())
        {
            return;
        }

        if (news.NeedsScan)
        {
            await TryAsync(ScanAsync, cancellationToken);
        }

        await TryAsync(NoticeAsync, cancellationToken);
    }

    private Task SettleAsync(CancellationToken cancellationToken) =>
        DrainAsync(SettleNotices.Most, () => verbs.RunAsync(null, (SettleNotices verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);

    private Task ClimbAsync(CancellationToken cancellationToken) => DrainAsync(
        ClimbUrgentMessages.Most,
        async () =>
        {
            var steps = await verbs.RunAsync(null, (ClimbUrgentMessages verb) => verb.RunAsync(cancellationToken), cancellationToken);
            foreach (var step in steps.Where(static s => s.DeputyId is not null))
            {
                await audit.RecordAsync(Entry(step));
            }

            return steps.Count;
        },
        cancellationToken);

    private Task TellAsync(CancellationToken cancellationToken)
    {
        var deputies = new TellOfDeputies(verbs, new(messages, clock));
        return DrainAsync(UntoldDeputies.Most, () => deputies.RunAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Somebody may read what they could not, and no person's request made it so: that too is in the patient's audit.</summary>
    private AuditEntry Entry(UrgentStep step)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            TenantId = step.OrganizationId,
            // To the microsecond, as the database keeps it.
            At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)),
            Action = AuditAction.Update,
            Resource = "deputy_seat",
            ResourceId = step.ConversationId,
            SubjectId = step.PatientId,
            Clinical = true,
            Outcome = AuditOutcome.Ok,
        };
    }

    private Task ScanAsync(CancellationToken cancellationToken) => verbs.RunAsync(null, (FindNews verb) => verb.RunAsync(cancellationToken), cancellationToken);

    private Task NoticeAsync(CancellationToken cancellationToken) =>
        DrainAsync(NoticeMessages.Most, () => verbs.RunAsync(null, (NoticeMessages verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);
}
