using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>Urgent messages that climbed to a deputy, and of which their conversation does not say so yet.</summary>
public sealed class UntoldDeputies(ColloqueDb db)
{
    /// <summary>Messages of one look.</summary>
    public const int Most = 100;

    /// <summary>One query. No caller: the server's own work.</summary>
    public async Task<IReadOnlyList<UntoldDeputy>> RunAsync(CancellationToken cancellationToken) => await db.Database.SqlQuery<UntoldDeputy>(
        $"""
        select message_id "MessageId", conversation_id "ConversationId", practitioner_id "PractitionerId", tenant_id "OrganizationId", deputy_id "DeputyId" from urgent_untold({Most})
        """).ToListAsync(cancellationToken);

    /// <summary>It is said, or nothing can be said there any more.</summary>
    public async Task<bool> ToldAsync(Guid message, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select urgent_told({message})", cancellationToken);
        return true;
    }
}

/// <summary>A message that climbed: from whom, who is of an organization or of none, to whom.</summary>
public sealed record UntoldDeputy(Guid MessageId, Guid ConversationId, Guid PractitionerId, Guid? OrganizationId, Guid DeputyId);

/// <summary>Says in a conversation that a deputy came in for an urgent message: once for each message, whatever becomes of the process.</summary>
public sealed class TellOfDeputies(Verbs verbs, NoteInThread note)
{
    /// <summary>At most <see cref="UntoldDeputies.Most"/>; answers with how many there were. Not to be run inside a unit of work.</summary>
    /// <exception cref="Refusal">503: to be asked again.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var untold = await verbs.RunAsync(null, (UntoldDeputies verb) => verb.RunAsync(cancellationToken), cancellationToken);
        foreach (var one in untold)
        {
            try
            {
                var practitioner = new Caller(one.OrganizationId ?? Guid.Empty, one.PractitionerId, Role.Practitioner, Guid.Empty);
                await note.RunAsync(practitioner, one.ConversationId, SystemWords.Of(SystemWords.Deputy, one.DeputyId), $"{SystemWords.Deputy}-{one.MessageId}", cancellationToken);
            }
            catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
            {
                // The practitioner has no seat there any more: there is nobody to say it.
            }

            await verbs.RunAsync(null, (UntoldDeputies verb) => verb.ToldAsync(one.MessageId, cancellationToken), cancellationToken);
        }

        return untold.Count;
    }
}
