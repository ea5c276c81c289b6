using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Conversations;

/// <summary>Says in a conversation that somebody takes a copy of it.</summary>
public sealed class TellOfCopy(Verbs verbs, MessageLog log, TimeProvider time)
{
    /// <summary>Before the copy, so that none is taken untold. Where nothing can be written any more, the others' bells and the audit have it. Not to be run inside a unit of work.</summary>
    /// <exception cref="Refusal">403 administrators; 404 no seat; 503.</exception>
    public async Task RunAsync(Caller caller, ConversationView conversation, CancellationToken cancellationToken)
    {
        caller.RequireClinical();
        await verbs.RunAsync(caller, (TellOfExport verb) => verb.RunAsync(conversation.Id, cancellationToken), cancellationToken);
        if (conversation.Status != ConversationStatus.Open)
        {
            return;
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
        try
        {
            await log.AppendAsync(caller, conversation.Id, new(id, $"copy-{id}", MessageKind.System, SystemWords.Exported), cancellationToken);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            // Put away or closed a moment ago.
        }
    }
}
